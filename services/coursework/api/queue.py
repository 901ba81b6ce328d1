"""The trainer's queue as JSON."""

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields
from werkzeug.exceptions import BadRequest

from services.coursework.domain.permissions import Permission
from services.coursework.domain.queue import Position, read_position
from services.coursework.domain.submissions import SubmissionState
from services.coursework.operations import queue
from shared.web import current_actor, reading, requires
from shared.web.api import PageSchema
from shared.web.paging import PAGE_SIZE, page_of, requested_cursor

blueprint = Blueprint("queue_api", __name__, description="What waits for a trainer")


class EntrySchema(Schema):
    """A submission that waits."""

    submission_id = fields.UUID()
    run_id = fields.UUID()
    run_title = fields.String()
    module_code = fields.String()
    assignment_title = fields.String()
    learner = fields.String()
    version = fields.Integer()
    submitted_at = fields.AwareDateTime()
    claimed_until = fields.AwareDateTime(allow_none=True)


class QueuePageSchema(PageSchema):
    """A page of the queue, and how many wait in all."""

    items = fields.List(fields.Nested(EntrySchema))
    count = fields.Integer()


@blueprint.get("/queue")
@requires(Permission.SUBMISSION_GRADE)
@blueprint.response(200, QueuePageSchema)
def show() -> dict[str, Any]:
    """What waits in my runs, the oldest first."""
    with reading() as session:
        found = queue.open_queue(
            session,
            actor=current_actor(),
            state=SubmissionState.SUBMITTED,
            run_id=None,
            module_code=None,
            after=_position(requested_cursor()),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(found.entries, key=lambda entry: [entry.submitted_at.isoformat(), str(entry.submission_id)])
    return {"items": page.items, "count": found.count, "next_cursor": page.next_cursor}


def _position(cursor: list[Any] | None) -> Position | None:
    if cursor is None:
        return None
    try:
        return read_position(cursor)
    except ValueError as error:
        raise BadRequest from error
