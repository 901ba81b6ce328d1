"""The badge of a pass with its credential inside, for the board to show on its own pages."""

from uuid import UUID

from flask import Blueprint, Response, make_response

from services.certification.domain.badges import CONTENT_TYPES, BadgeForm
from services.certification.domain.permissions import Permission
from services.certification.operations import badges
from shared.web import current_actor, reading, requires

blueprint = Blueprint("pass_badges", __name__, url_prefix="/certification/passes/<uuid:association_id>")


@blueprint.get("/badge.svg")
@requires(Permission.PASS_READ)
def drawing(association_id: UUID) -> Response:
    """The badge as drawing."""
    return _badge(association_id, BadgeForm.SVG)


@blueprint.get("/badge.png")
@requires(Permission.PASS_READ)
def picture(association_id: UUID) -> Response:
    """The badge as picture."""
    return _badge(association_id, BadgeForm.PNG)


def _badge(association_id: UUID, form: BadgeForm) -> Response:
    with reading() as session:
        baked = badges.read_pass_badge(session, actor=current_actor(), association_id=association_id, form=form)
    response = make_response(baked)
    response.content_type = CONTENT_TYPES[form]
    response.headers["Content-Disposition"] = f'attachment; filename="memo-pass.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
