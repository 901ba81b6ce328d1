"""Files that go from the browser straight to the store: announce, report the arrival, ask for the check's outcome."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from services.coursework.domain.permissions import Permission
from services.coursework.domain.uploads import RefusalReason, UploadState
from services.coursework.operations import uploads
from shared.kernel.clock import utc_now
from shared.web import current_actor, requires, resources, transaction
from shared.web.idempotency import idempotent

blueprint = Blueprint("uploads_api", __name__, description="Files of a submission")


class AnnouncementSchema(Schema):
    """A file as the browser knows it. `size` in bytes."""

    filename = fields.String(required=True, validate=validate.Length(min=1, max=500))
    size = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=10**12))
    content_type = fields.String(load_default="", validate=validate.Length(max=200))


class AddressSchema(Schema):
    """Where the file goes: a PUT with exactly these headers, within the hour."""

    upload = fields.UUID()
    url = fields.String()
    headers = fields.Dict(keys=fields.String(), values=fields.String())


class UploadSchema(Schema):
    """How far a file is."""

    upload = fields.UUID()
    state = fields.String(metadata={"enum": [state.value for state in UploadState]})
    reason = fields.String(allow_none=True, metadata={"enum": [*[r.value for r in RefusalReason], None]})


@blueprint.post("/runs/<uuid:run_id>/assignments/<module_code>/uploads")
@requires(Permission.SUBMISSION_WRITE)
@idempotent
@blueprint.arguments(AnnouncementSchema)
@blueprint.response(200, AddressSchema)
def announce(announced: dict[str, Any], run_id: UUID, module_code: str) -> Any:
    """Announce a file of the draft, and get the address to which it is put."""
    with transaction() as session:
        target = uploads.announce_upload(
            session,
            documents=resources().documents,
            actor=current_actor(),
            run_id=run_id,
            module_code=module_code,
            name=announced["filename"],
            size=announced["size"],
            content_type=announced["content_type"],
            now=utc_now(),
        )
    return {"upload": target.upload_id, "url": target.url, "headers": target.headers}


@blueprint.post("/uploads/<uuid:upload_id>/arrival")
@requires(Permission.SUBMISSION_WRITE)
@idempotent
@blueprint.response(200, UploadSchema)
def report_arrival(upload_id: UUID) -> Any:
    """Say that the file lies in the store; its check begins."""
    with transaction() as session:
        upload = uploads.report_arrival(session, actor=current_actor(), upload_id=upload_id, now=utc_now())
    return _upload(upload)


@blueprint.get("/uploads/<uuid:upload_id>")
@requires(Permission.SUBMISSION_WRITE)
@blueprint.response(200, UploadSchema)
def show(upload_id: UUID) -> dict[str, Any]:
    """How far the check is."""
    with transaction() as session:
        upload = uploads.see_upload(session, actor=current_actor(), upload_id=upload_id)
    return _upload(upload)


def _upload(upload: Any) -> dict[str, Any]:
    return {
        "upload": upload.id,
        "state": upload.state.value,
        "reason": upload.reason.value if upload.reason else None,
    }
