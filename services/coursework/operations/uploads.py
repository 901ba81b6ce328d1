"""Files on their way to a submission: announced, arrived, checked.

A browser puts the file straight into S3 under a presigned address. Nothing about it is believed until the service's own
worker has looked inside; only the cleaned copy that this makes is ever shown to anybody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.adapters.inspection import FileRefused, inspect
from services.coursework.domain import uploads as rules_of_uploads
from services.coursework.domain.permissions import Permission
from services.coursework.domain.submissions import SubmissionState
from services.coursework.domain.uploads import (
    ARRIVAL_LIMIT,
    CONTENT_TYPES,
    PUT_VALID_FOR,
    UPLOAD_TRANSITIONS,
    AnnouncedFile,
    FileType,
    RefusalReason,
    UploadState,
    clean_key,
    raw_key,
)
from services.coursework.models import Submission, Upload
from services.coursework.operations.places import require_live_place
from services.coursework.operations.submissions import open_draft
from services.coursework.queries import assignments as assignment_queries
from shared.contracts.coursework import UploadArrived
from shared.documents import DocumentMissing, Documents
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging import outbox

#: Originals are kept this long after the decision: a task that is handed out twice must find what it looks for.
_ORIGINALS_KEPT_FOR = timedelta(hours=1)
_SWEEP_BATCH = 100


@dataclass(frozen=True)
class PutAddress:
    """Where a browser puts a file, and the headers that it must send with it."""

    upload_id: UUID
    url: str
    headers: dict[str, str]


def announce_upload(
    session: Session,
    *,
    documents: Documents,
    actor: Actor,
    run_id: UUID,
    module_code: str,
    name: str,
    size: int,
    content_type: str,
    now: datetime,
) -> PutAddress:
    """Note a file that is about to come and say where it goes. Begins a draft where there is none.

    Raises NotFound, UploadTooLarge, UploadEmpty, UploadTypeRefused, TooManyFiles, and TransitionRefused where the
    submission is with the trainer.
    """
    upload = _announce(
        session,
        actor=actor,
        run_id=run_id,
        module_code=module_code,
        name=name,
        size=size,
        content_type=content_type,
        now=now,
    )
    media_type = CONTENT_TYPES[upload.announced_type]
    url = documents.presigned_put(
        upload.raw_key,
        content_type=media_type,
        size=upload.announced_size,
        expires_in=int(PUT_VALID_FOR.total_seconds()),
    )
    return PutAddress(upload_id=upload.id, url=url, headers={"Content-Type": media_type})


def receive_file(
    session: Session,
    *,
    documents: Documents,
    actor: Actor,
    run_id: UUID,
    module_code: str,
    name: str,
    content_type: str,
    data: bytes,
    now: datetime,
) -> Upload:
    """The way without JavaScript: take the file from the form, put it where a browser would have, have it checked.

    Raises as `announce_upload` does. Event: UploadArrived.
    """
    upload = _announce(
        session,
        actor=actor,
        run_id=run_id,
        module_code=module_code,
        name=name,
        size=len(data),
        content_type=content_type,
        now=now,
    )
    documents.put(upload.raw_key, data, content_type=CONTENT_TYPES[upload.announced_type])
    _arrive(session, upload=upload, now=now)
    return upload


def _announce(
    session: Session,
    *,
    actor: Actor,
    run_id: UUID,
    module_code: str,
    name: str,
    size: int,
    content_type: str,
    now: datetime,
) -> Upload:
    submission, assignment = open_draft(session, actor=actor, run_id=run_id, module_code=module_code)
    already = assignment_queries.list_uploads(session, submission_id=submission.id)
    announced = rules_of_uploads.announce(
        name=name,
        size=size,
        content_type=content_type,
        accepted=frozenset(FileType(value) for value in assignment.accepted_types),
        files_already=sum(upload.state is not UploadState.REFUSED for upload in already),
    )
    return _add(session, submission=submission, announced=announced, now=now)


def _add(session: Session, *, submission: Submission, announced: AnnouncedFile, now: datetime) -> Upload:
    upload_id = new_id()
    upload = Upload(
        id=upload_id,
        submission_id=submission.id,
        name=announced.name,
        announced_size=announced.size,
        announced_type=announced.file_type,
        raw_key=raw_key(
            run_id=submission.run_id,
            place_id=submission.place_id,
            upload_id=upload_id,
            file_type=announced.file_type,
        ),
        state=UploadState.ANNOUNCED,
        announced_at=now,
    )
    session.add(upload)
    return upload


def report_arrival(session: Session, *, actor: Actor, upload_id: UUID, now: datetime) -> Upload:
    """The browser says that the file lies in S3; have it checked. Saying so twice changes nothing.

    Raises NotFound. Event: UploadArrived.
    """
    upload = _own_upload(session, actor=actor, upload_id=upload_id)
    if upload.state is UploadState.ANNOUNCED:
        _arrive(session, upload=upload, now=now)
    return upload


def _arrive(session: Session, *, upload: Upload, now: datetime) -> None:
    upload.state = UPLOAD_TRANSITIONS.check(upload.state, UploadState.ARRIVED)
    outbox.append(session, UploadArrived(upload_id=upload.id), now=now)


def remove_upload(session: Session, *, documents: Documents, actor: Actor, upload_id: UUID) -> Submission:
    """Take a file out of a draft, and give the draft. Raises NotFound, also where it has been handed in."""
    upload = _own_upload(session, actor=actor, upload_id=upload_id)
    submission = assignment_queries.get_submission(session, submission_id=upload.submission_id)
    if submission.state is not SubmissionState.DRAFT:
        raise NotFound(kind="upload")
    keys = [key for key in (upload.raw_key, upload.clean_key) if key]
    session.delete(upload)
    session.flush()  # A refusal by the database must come before the objects are gone.
    for key in keys:
        documents.delete(key)
    return submission


def see_upload(session: Session, *, actor: Actor, upload_id: UUID) -> Upload:
    """An upload of the actor's own, for showing how far its check is. Raises NotFound."""
    return _own_upload(session, actor=actor, upload_id=upload_id)


def _own_upload(session: Session, *, actor: Actor, upload_id: UUID) -> Upload:
    upload = assignment_queries.get_upload(session, upload_id=upload_id)
    submission = assignment_queries.get_submission(session, submission_id=upload.submission_id)
    require_live_place(
        session, actor=actor, permission=Permission.SUBMISSION_WRITE, place_id=submission.place_id, kind="upload"
    )
    return assignment_queries.lock_upload(session, upload_id=upload_id)


def check_upload(session: Session, *, documents: Documents, upload_id: UUID, now: datetime) -> UploadState:
    """Look inside a file that has arrived: accept its cleaned copy, or refuse it with a reason.

    Safe to repeat: a file that was decided stays decided, and the copy's key comes from its content. A file that was
    removed meanwhile is left alone, and reads as refused.
    """
    try:
        upload = assignment_queries.lock_upload(session, upload_id=upload_id)
    except NotFound:
        return UploadState.REFUSED
    if upload.state is not UploadState.ARRIVED:
        return upload.state
    try:
        _accept(upload, documents=documents)
    except FileRefused as refusal:
        upload.state = UPLOAD_TRANSITIONS.check(upload.state, UploadState.REFUSED)
        upload.reason = refusal.reason
    upload.decided_at = now
    return upload.state


def _accept(upload: Upload, *, documents: Documents) -> None:
    stored = documents.head(upload.raw_key)
    if stored is None:
        raise FileRefused(RefusalReason.MISSING)
    if stored.size != upload.announced_size:
        raise FileRefused(RefusalReason.SIZE_DIFFERS)
    try:
        data = documents.get(upload.raw_key)
    except DocumentMissing as error:
        raise FileRefused(RefusalReason.MISSING) from error
    checked = inspect(data, file_type=upload.announced_type)
    key = clean_key(upload_id=upload.id, sha256=checked.sha256, file_type=upload.announced_type)
    documents.put(key, checked.data, content_type=CONTENT_TYPES[upload.announced_type])
    upload.state = UPLOAD_TRANSITIONS.check(upload.state, UploadState.ACCEPTED)
    upload.clean_key = key
    upload.clean_size = len(checked.data)
    upload.sha256 = checked.sha256


def give_up_waiting(session: Session, *, now: datetime) -> int:
    """Refuse files that were announced and never came, so that they hold up no hand-in for ever. How many."""
    late = assignment_queries.list_uploads_never_arrived(session, before=now - ARRIVAL_LIMIT, limit=_SWEEP_BATCH)
    for upload in late:
        upload.state = UPLOAD_TRANSITIONS.check(upload.state, UploadState.REFUSED)
        upload.reason = RefusalReason.MISSING
        upload.decided_at = now
    return len(late)


def delete_originals(session: Session, *, documents: Documents, now: datetime) -> int:
    """Delete unchecked originals whose check is over: they hold metadata that nobody was to see. How many."""
    done = assignment_queries.list_uploads_with_originals(session, before=now - _ORIGINALS_KEPT_FOR, limit=_SWEEP_BATCH)
    for upload in done:
        documents.delete(upload.raw_key)
        upload.raw_deleted_at = now
    return len(done)
