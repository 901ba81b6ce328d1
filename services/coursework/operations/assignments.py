"""Assignments as learners see them: the task, the draft with its files, feedback of every round."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from services.coursework.adapters import lessons
from services.coursework.domain.gradings import Rubric, read_rubric
from services.coursework.domain.languages import choose, variant_for
from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.places import PlaceState
from services.coursework.domain.submissions import SubmissionState
from services.coursework.domain.uploads import CONTENT_TYPES, GET_VALID_FOR, IMAGE_TYPES, FileType, UploadState
from services.coursework.models import Assignment, Grading, ModuleCopy, PlaceCopy, RunCopy, Submission, Upload
from services.coursework.operations.places import enter_run
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import gradings as grading_queries
from services.coursework.queries import people as people_queries
from services.coursework.queries import places as place_queries
from services.coursework.queries import runs as run_queries
from shared.documents import Disposition, Documents
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class FileView:
    """A file of a submission; the addresses are there once it was accepted, and work for half an hour."""

    upload: Upload
    view_url: str | None
    download_url: str | None

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.upload.announced_type in IMAGE_TYPES

    @property
    def is_pdf(self) -> bool:
        """Whether it can be shown as a document in the page."""
        return self.upload.announced_type is FileType.PDF


def list_files(session: Session, *, documents: Documents, submission_id: UUID) -> list[FileView]:
    """The files of a submission, with addresses for those that were accepted."""
    uploads = assignment_queries.list_uploads(session, submission_id=submission_id)
    return [_file(upload, documents=documents) for upload in uploads]


def _file(upload: Upload, *, documents: Documents) -> FileView:
    def address(disposition: Disposition) -> str | None:
        if upload.clean_key is None:
            return None
        return documents.presigned_get(
            upload.clean_key,
            filename=upload.name,
            content_type=CONTENT_TYPES[upload.announced_type],
            expires_in=int(GET_VALID_FOR.total_seconds()),
            disposition=disposition,
        )

    return FileView(
        upload=upload,
        view_url=address(Disposition.INLINE),
        download_url=address(Disposition.ATTACHMENT),
    )


@dataclass(frozen=True)
class Round:
    """One version that was handed in, with the released grading where there is one."""

    submission: Submission
    grading: Grading | None


@dataclass(frozen=True)
class OpenAssignment:
    """A module's assignment as one learner sees it; `draft` is what is being written, None before the first word."""

    run: RunCopy
    module: ModuleCopy
    assignment: Assignment
    place: PlaceCopy | None
    title: str
    html: Markup
    rubric: Rubric
    accepted_types: Sequence[FileType]
    draft: Submission | None
    files: Sequence[FileView]
    rounds: Sequence[Round]
    earlier_note: str

    @property
    def latest(self) -> Round | None:
        """The last version that was handed in."""
        return self.rounds[-1] if self.rounds else None

    @property
    def is_writable(self) -> bool:
        """Whether the learner may write now: never begun, a draft, or returned for another round."""
        if self.place is None:
            return False
        state = self.latest.submission.state if self.latest else None
        return self.draft is not None or state in (None, SubmissionState.RETURNED)

    @property
    def files_waiting(self) -> int:
        """Files that are on their way or being checked."""
        waiting = (UploadState.ANNOUNCED, UploadState.ARRIVED)
        return sum(file.upload.state in waiting for file in self.files)


def open_assignment(
    session: Session, *, documents: Documents, actor: Actor, run_id: UUID, module_code: str, language: str
) -> OpenAssignment:
    """The assignment with the actor's own work on it; for staff the task alone. Raises NotFound."""
    entry = enter_run(session, actor=actor, run_id=run_id)
    module = run_queries.get_module(session, level_code=entry.run.level_code, code=module_code)
    assignment = assignment_queries.get_assignment_of_module(session, module_code=module_code)
    versions: list[Submission] = []
    if entry.place is not None:
        versions = assignment_queries.list_submissions(
            session, place_id=entry.place.place_id, assignment_id=assignment.id
        )
    draft = versions.pop() if versions and versions[-1].state is SubmissionState.DRAFT else None
    variant = variant_for(language)
    return OpenAssignment(
        run=entry.run,
        module=module,
        assignment=assignment,
        place=entry.place,
        title=choose(assignment.title, assignment.title_einfach, variant=variant),
        html=lessons.render(choose(assignment.text, assignment.text_einfach, variant=variant)),
        rubric=read_rubric(assignment.rubric),
        accepted_types=[FileType(value) for value in assignment.accepted_types],
        draft=draft,
        files=list_files(session, documents=documents, submission_id=draft.id) if draft else [],
        rounds=_rounds(session, versions),
        earlier_note=versions[-1].note if versions else "",
    )


def _rounds(session: Session, versions: Sequence[Submission]) -> list[Round]:
    gradings = grading_queries.list_gradings(session, submission_ids=[version.id for version in versions])
    rounds = []
    for version in versions:
        grading = gradings.get(version.id)
        rounds.append(Round(submission=version, grading=grading if grading and grading.released_at else None))
    return rounds


@dataclass(frozen=True)
class Feedback:
    """A version that was handed in, and what the trainer says about it."""

    run: RunCopy
    module: ModuleCopy
    assignment: Assignment
    title: str
    submission: Submission
    note_html: Markup
    files: Sequence[FileView]
    grading: Grading | None
    rubric: Rubric
    feedback_html: Markup
    grader: str
    versions: Sequence[Submission]


def open_feedback(
    session: Session, *, documents: Documents, actor: Actor, submission_id: UUID, language: str
) -> Feedback:
    """A submission of the actor's own with its released grading. Raises NotFound."""
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    place = place_queries.get_place(session, place_id=submission.place_id)
    facts = Facts(person_id=place.person_id if place.state is PlaceState.CONFIRMED else None)
    require_or_hide(actor, Permission.SUBMISSION_READ, facts, kind="submission")
    return describe_submission(session, documents=documents, submission=submission, language=language)


def describe_submission(session: Session, *, documents: Documents, submission: Submission, language: str) -> Feedback:
    """A submission with everything around it. The caller has checked who asks."""
    assignment = assignment_queries.get_assignment(session, assignment_id=submission.assignment_id)
    grading = grading_queries.find_grading(session, submission_id=submission.id)
    released = grading if grading is not None and grading.released_at is not None else None
    names = people_queries.list_names(session, person_ids=[released.grader_id] if released else [])
    return Feedback(
        run=run_queries.get_run(session, run_id=submission.run_id),
        module=run_queries.get_any_module(session, code=submission.module_code),
        assignment=assignment,
        title=choose(assignment.title, assignment.title_einfach, variant=variant_for(language)),
        submission=submission,
        note_html=lessons.render(submission.note),
        files=list_files(session, documents=documents, submission_id=submission.id),
        grading=released,
        rubric=read_rubric(grading.rubric if grading else assignment.rubric),
        feedback_html=lessons.render(released.feedback) if released else Markup(),
        grader=names.get(released.grader_id, "") if released else Markup(),
        versions=assignment_queries.list_submissions(
            session, place_id=submission.place_id, assignment_id=submission.assignment_id
        ),
    )
