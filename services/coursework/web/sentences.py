"""What a refusal says to the person: its class -> a translated sentence, and the form's field that it belongs to."""

from flask_babel import lazy_gettext as _l

from services.coursework.domain import errors
from shared.kernel.errors import DomainError, TransitionRefused
from shared.web.sentences import Sentence

SENTENCES: dict[type[DomainError], Sentence] = {
    errors.AttemptClosed: Sentence(
        _l("This attempt has already been handed in. Its answers are stored and stay as they were.")
    ),
    errors.NoAttemptsLeft: Sentence(
        _l("You have used all %(allowed)s attempts at this quiz. Please talk to your trainer.")
    ),
    errors.QuizAlreadyPassed: Sentence(_l("You have already passed this quiz. There is nothing more to do.")),
    errors.AnswerMalformed: Sentence(
        _l("The answer to question %(position)s does not fit the question. Please choose again.")
    ),
    errors.UploadTooLarge: Sentence(
        _l("This file is too big: %(megabytes)s MB at most. A photo or a PDF with fewer pages is smaller."),
        field="file",
    ),
    errors.UploadEmpty: Sentence(_l("This file is empty. Please choose another one."), field="file"),
    errors.UploadTypeRefused: Sentence(_l("We cannot take this kind of file. These work: %(accepted)s."), field="file"),
    errors.TooManyFiles: Sentence(
        _l("There are already %(allowed)s files. Remove one before you add another."), field="file"
    ),
    errors.UploadsUnchecked: Sentence(
        _l("A file is still being checked. Wait a moment, then hand in. Your work is saved.")
    ),
    errors.SubmissionEmpty: Sentence(
        _l("There is nothing to hand in yet. Write a text or add a file first."), field="note"
    ),
    errors.NoteTooLong: Sentence(_l("This text is too long: %(allowed)s characters at most."), field="note"),
    errors.SubmissionClaimed: Sentence(
        _l("Another trainer is grading this work right now. Choose another one from the queue.")
    ),
    errors.SubmissionSuperseded: Sentence(_l("There is a newer version of this work. Please grade that one.")),
    errors.RubricIncomplete: Sentence(_l("Please choose a level for every criterion. Still missing: %(missing)s.")),
    errors.FeedbackMissing: Sentence(
        _l("Please write what should change, so that the next round can succeed."), field="feedback"
    ),
    errors.RulesOutdated: Sentence(
        _l("Somebody else has changed these rules meanwhile. Load the page again and compare.")
    ),
    errors.RulesInvalid: Sentence(_l("These rules do not work together. Please check the numbers.")),
    errors.MaterialOutdated: Sentence(
        _l("Somebody else has saved this material meanwhile. Copy your text, load the page again and compare.")
    ),
    TransitionRefused: Sentence(
        _l("This is not possible any more: the work has moved on. Load the page again to see how it stands.")
    ),
}
