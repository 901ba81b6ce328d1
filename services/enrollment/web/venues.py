"""The carrier's houses, with what people must know before they come."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.operations import carriers
from services.enrollment.queries import carriers as carriers_query
from services.enrollment.web.run_management import own_carrier_ids
from services.enrollment.web.schemas.runs import VenueSchema
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("venues", __name__, url_prefix="/carrier")

Answer = str | Response | tuple[str, int]


@blueprint.get("/venues")
@requires(Permission.RUN_MANAGE)
def list_venues() -> str:
    """The houses of the person's carriers."""
    with reading() as session:
        found = carriers_query.list_carriers(session, ids=own_carrier_ids())
        return render_template(
            "enrollment/venues/list.html",
            carriers=[(carrier, carriers_query.list_venues(session, carrier_id=carrier.id)) for carrier in found],
        )


@blueprint.get("/<uuid:carrier_id>/venues/new")
@requires(Permission.RUN_MANAGE)
def new_venue(carrier_id: UUID) -> str:
    """An empty form."""
    with reading() as session:
        return _render(_get_carrier(session, carrier_id), form=Form.empty(VenueSchema()))


@blueprint.post("/<uuid:carrier_id>/venues/new")
@requires(Permission.RUN_MANAGE)
def add_venue(carrier_id: UUID) -> Answer:
    """Store a new house."""
    form = Form.submitted(VenueSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            carriers.add_venue(
                session,
                actor=current_actor(),
                carrier_id=carrier_id,
                details=carriers.VenueDetails(**form.values),
                now=utc_now(),
            )
    return _answer(carrier_id, form)


@blueprint.get("/<uuid:carrier_id>/venues/<uuid:venue_id>")
@requires(Permission.RUN_MANAGE)
def edit_venue(carrier_id: UUID, venue_id: UUID) -> str:
    """The form with what is known."""
    with reading() as session:
        carrier, venue = _get_carrier(session, carrier_id), carriers_query.get_venue(session, venue_id)
        if venue.carrier_id != carrier.id:
            raise NotFound(kind="venue")
        names = VenueSchema().fields
        flags = {name for name in names if name.startswith("has_")}
        known = {name: getattr(venue, name) for name in names if name not in flags}
        known |= {name: "true" for name in flags if getattr(venue, name)}
        return _render(carrier, form=Form.empty(VenueSchema(), **known))


@blueprint.post("/<uuid:carrier_id>/venues/<uuid:venue_id>")
@requires(Permission.RUN_MANAGE)
def change_venue(carrier_id: UUID, venue_id: UUID) -> Answer:
    """Store the changes."""
    form = Form.submitted(VenueSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            carriers.change_venue(
                session,
                actor=current_actor(),
                carrier_id=carrier_id,
                venue_id=venue_id,
                details=carriers.VenueDetails(**form.values),
                now=utc_now(),
            )
    return _answer(carrier_id, form)


def _get_carrier(session: Session, carrier_id: UUID) -> Any:
    carrier = carriers_query.get_carrier(session, carrier_id)
    if not allows(PERMISSIONS, current_actor(), Permission.RUN_MANAGE, Facts(carrier_id=carrier_id)):
        raise NotFound(kind="carrier")
    return carrier


def _render(carrier: Any, *, form: Form) -> str:
    return render_template("enrollment/venues/edit.html", carrier=carrier, form=form)


def _answer(carrier_id: UUID, form: Form) -> Answer:
    if not form.valid:
        with reading() as session:
            return _render(_get_carrier(session, carrier_id), form=form), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".list_venues"), 303)
