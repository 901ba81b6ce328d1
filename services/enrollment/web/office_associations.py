"""The office's page about associations: list, confirm, close."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.enrollment.domain.associations import AssociationState
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.operations.associations import close_association, confirm_association
from services.enrollment.queries.associations import get_association, list_associations
from services.enrollment.web.searches import searched_words
from shared.kernel.clock import utc_now
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, transaction
from shared.web.htmx import wants_part
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint("office_associations", __name__, url_prefix="/office/associations")

STATE_NAMES = {
    AssociationState.REGISTERED: _l("New"),
    AssociationState.CONFIRMED: _l("Confirmed"),
    AssociationState.CLOSED: _l("Closed"),
}


@blueprint.get("")
@requires(Permission.ASSOCIATION_LIST)
def show() -> str:
    """Associations by name."""
    words = searched_words()
    wanted = request.args.get("state", "")
    state = AssociationState(wanted) if wanted in set(AssociationState) else None
    with reading() as session:
        rows = list_associations(
            session,
            words=words,
            state=state,
            after=requested_name_and_id(),
            limit=PAGE_SIZE + 1,
        )
    template = "_results" if wants_part() else "list"
    return render_template(
        f"enrollment/office_associations/{template}.html",
        page=page_of(rows, key=lambda row: (row.name.lower(), row.id)),
        words=words,
        state=state,
        state_names=STATE_NAMES,
        state_options=[(each.value, name) for each, name in STATE_NAMES.items()],
        may_confirm=allows(PERMISSIONS, current_actor(), Permission.ASSOCIATION_CONFIRM, Facts()),
    )


@blueprint.post("/<uuid:association_id>/confirm")
@requires(Permission.ASSOCIATION_CONFIRM)
def confirm(association_id: UUID) -> Any:
    """Say that the association is one of the programme's."""
    with transaction() as session:
        association = confirm_association(session, actor=current_actor(), association_id=association_id, now=utc_now())
    flash(_("%(name)s is confirmed.", name=association.name), "success")
    return redirect(url_for(".show"), 303)


@blueprint.get("/<uuid:association_id>/close")
@requires(Permission.ASSOCIATION_CONFIRM)
def ask_close(association_id: UUID) -> str:
    """Ask before it is closed."""
    with reading() as session:
        association = get_association(session, association_id)
    return render_template("enrollment/office_associations/close.html", association=association)


@blueprint.post("/<uuid:association_id>/close")
@requires(Permission.ASSOCIATION_CONFIRM)
def close(association_id: UUID) -> Any:
    """Close the association."""
    with transaction() as session:
        association = close_association(session, actor=current_actor(), association_id=association_id, now=utc_now())
    flash(_("%(name)s is closed. You can open it again at any time.", name=association.name), "success")
    return redirect(url_for(".show"), 303)
