"""The first page: what the programme is, or what the person who has signed in may do next."""

from flask import Blueprint, render_template
from flask_login import current_user

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.queries.associations import list_associations_of
from services.enrollment.queries.credentials import ways_in
from services.enrollment.queries.people import get_person
from services.enrollment.web import home_parts
from shared.kernel.clock import utc_now
from shared.web import current_actor, public, reading

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@public
def show() -> str:
    """Home."""
    with reading() as session:
        if not current_user.is_authenticated:
            return render_template("enrollment/home/signed_out.html", **home_parts.for_strangers(session))
        actor = current_actor()
        may = {
            permission.name: any(way.at_the_door(actor) for way in ways)
            for permission, ways in PERMISSIONS.items()
            if isinstance(permission, Permission)
        }
        return render_template(
            "enrollment/home/signed_in.html",
            ways=ways_in(session, get_person(session, current_user.id), now=utc_now()),
            belonging=list_associations_of(session, person_id=current_user.id),
            lacks_second_factor=actor.is_staff and not actor.has_second_factor,
            may=may,
            **home_parts.for_person(session, current_user.id),
        )
