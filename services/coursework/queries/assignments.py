"""Assignments, submissions, uploads."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.domain.uploads import UploadState
from services.coursework.models import Assignment, Submission, Upload
from shared.kernel.errors import NotFound


def get_assignment_of_module(session: Session, *, module_code: str) -> Assignment:
    """The module's assignment, or NotFound."""
    assignment = session.scalar(select(Assignment).where(Assignment.module_code == module_code))
    if assignment is None:
        raise NotFound(kind="assignment")
    return assignment


def get_assignment(session: Session, *, assignment_id: UUID) -> Assignment:
    """The assignment, or NotFound."""
    assignment = session.get(Assignment, assignment_id)
    if assignment is None:
        raise NotFound(kind="assignment")
    return assignment


def list_assignments(session: Session, *, module_codes: Iterable[str]) -> dict[str, Assignment]:
    """Assignments by module."""
    statement = select(Assignment).where(Assignment.module_code.in_(list(module_codes)))
    return {assignment.module_code: assignment for assignment in session.scalars(statement)}


def get_submission(session: Session, *, submission_id: UUID) -> Submission:
    """The submission, or NotFound."""
    submission = session.get(Submission, submission_id)
    if submission is None:
        raise NotFound(kind="submission")
    return submission


def lock_submission(session: Session, *, submission_id: UUID) -> Submission:
    """The submission, locked."""
    submission = session.scalar(
        select(Submission)
        .where(Submission.id == submission_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if submission is None:
        raise NotFound(kind="submission")
    return submission


def list_submissions(session: Session, *, place_id: UUID, assignment_id: UUID) -> list[Submission]:
    """The versions of a place's submission, oldest first."""
    statement = select(Submission).where(Submission.place_id == place_id, Submission.assignment_id == assignment_id)
    return list(session.scalars(statement.order_by(Submission.version)))


def list_uploads(session: Session, *, submission_id: UUID) -> list[Upload]:
    """The files of a submission, in the order in which they were announced."""
    statement = select(Upload).where(Upload.submission_id == submission_id)
    return list(session.scalars(statement.order_by(Upload.announced_at, Upload.id)))


def get_upload(session: Session, *, upload_id: UUID) -> Upload:
    """The upload, or NotFound."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise NotFound(kind="upload")
    return upload


def lock_upload(session: Session, *, upload_id: UUID) -> Upload:
    """The upload, locked."""
    upload = session.scalar(
        select(Upload).where(Upload.id == upload_id).with_for_update().execution_options(populate_existing=True)
    )
    if upload is None:
        raise NotFound(kind="upload")
    return upload


def list_uploads_never_arrived(session: Session, *, before: datetime, limit: int) -> list[Upload]:
    """Files that were announced before an instant and did not come; locked, those of others skipped."""
    statement = (
        select(Upload)
        .where(Upload.state == UploadState.ANNOUNCED, Upload.announced_at < before)
        .order_by(Upload.announced_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))


def list_uploads_with_originals(session: Session, *, before: datetime, limit: int) -> list[Upload]:
    """Files that were decided before an instant and whose unchecked original still lies in S3; locked."""
    statement = (
        select(Upload)
        .where(Upload.decided_at < before, Upload.raw_deleted_at.is_(None))
        .order_by(Upload.decided_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(statement))
