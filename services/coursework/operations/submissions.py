"""Submissions of learners: draft, hand in, another round."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.submissions import (
    SUBMISSION_TRANSITIONS,
    SubmissionState,
    check_note,
    require_complete,
)
from services.coursework.models import Assignment, Submission
from services.coursework.operations.places import enter_own_place, require_live_place
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import runs as run_queries
from services.coursework.queries.places import lock_place
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class Receipt:
    """What was handed in, and when."""

    submission_id: UUID
    version: int
    submitted_at: datetime
    files: int


def open_draft(session: Session, *, actor: Actor, run_id: UUID, module_code: str) -> tuple[Submission, Assignment]:
    """The actor's draft for the module's assignment, a new version where none is open; the place is locked.

    Raises NotFound, and TransitionRefused while the last version is with the trainer or accepted.
    """
    run, place = enter_own_place(session, actor=actor, run_id=run_id)
    run_queries.get_module(session, level_code=run.level_code, code=module_code)
    assignment = assignment_queries.get_assignment_of_module(session, module_code=module_code)
    lock_place(session, place_id=place.place_id)
    earlier = assignment_queries.list_submissions(session, place_id=place.place_id, assignment_id=assignment.id)
    last = earlier[-1] if earlier else None
    if last is not None and last.state is SubmissionState.DRAFT:
        return last, assignment
    if last is not None and last.state is not SubmissionState.RETURNED:
        SUBMISSION_TRANSITIONS.check(last.state, SubmissionState.DRAFT)
    draft = Submission(
        id=new_id(),
        place_id=place.place_id,
        assignment_id=assignment.id,
        run_id=run.run_id,
        person_id=place.person_id,
        module_code=module_code,
        version=last.version + 1 if last else 1,
        state=SubmissionState.DRAFT,
        note=last.note if last else "",
    )
    session.add(draft)
    session.flush()  # Uploads refer to the draft's row.
    return draft, assignment


def save_note(
    session: Session, *, actor: Actor, run_id: UUID, module_code: str, note: str, now: datetime
) -> Submission:
    """Keep the text of the draft. Raises NotFound, NoteTooLong, TransitionRefused."""
    text = check_note(note)
    draft, _ = open_draft(session, actor=actor, run_id=run_id, module_code=module_code)
    draft.note = text
    draft.note_saved_at = now
    return draft


def hand_in(session: Session, *, actor: Actor, submission_id: UUID, note: str | None, now: datetime) -> Receipt:
    """Give a draft to the trainers of the run, with the text as it stands on the page, or as it is kept where None.

    Handing in twice changes nothing. Raises NotFound, NoteTooLong, UploadsUnchecked, SubmissionEmpty.
    """
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    require_live_place(
        session, actor=actor, permission=Permission.SUBMISSION_WRITE, place_id=submission.place_id, kind="submission"
    )
    submission = assignment_queries.lock_submission(session, submission_id=submission_id)
    uploads = assignment_queries.list_uploads(session, submission_id=submission.id)
    states = [upload.state for upload in uploads]
    if submission.state is SubmissionState.DRAFT:
        if note is not None:
            submission.note = check_note(note)
        require_complete(note=submission.note, upload_states=states)
        submission.state = SUBMISSION_TRANSITIONS.check(submission.state, SubmissionState.SUBMITTED)
        submission.submitted_at = now
    return Receipt(
        submission_id=submission.id,
        version=submission.version,
        submitted_at=submission.submitted_at or now,
        files=sum(upload.clean_key is not None for upload in uploads),
    )


def locate(session: Session, *, actor: Actor, submission_id: UUID) -> tuple[UUID, str]:
    """Run and module of a submission of the actor's own. Raises NotFound."""
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    require_or_hide(actor, Permission.SUBMISSION_WRITE, Facts(person_id=submission.person_id), kind="submission")
    return submission.run_id, submission.module_code
