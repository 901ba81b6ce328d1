"""Associations: mine, founding one, its data, its invite code."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.associations import show_invite_code
from services.enrollment.domain.permissions import Permission
from services.enrollment.operations import associations
from services.enrollment.operations.association_access import open_association
from services.enrollment.operations.memberships import leave_association
from services.enrollment.operations.qr_codes import qr_code
from services.enrollment.queries.associations import get_association, list_associations_of
from services.enrollment.queries.memberships import get_current_membership
from services.enrollment.queries.regions import list_regions
from services.enrollment.web.schemas.associations import AssociationSchema
from services.enrollment.web.schemas.sign_in import JoinSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, signed_in, transaction
from shared.web.forms import Form

blueprint = Blueprint("associations", __name__, url_prefix="/associations")


@blueprint.get("")
@signed_in
def mine() -> str:
    """The associations that one belongs to."""
    with reading() as session:
        belonging = list_associations_of(session, person_id=current_user.id)
    return render_template("enrollment/associations/mine.html", belonging=belonging, form=Form.empty(JoinSchema()))


@blueprint.get("/new")
@requires(Permission.ASSOCIATION_FOUND)
def ask_new() -> str:
    """The form for an association that is not here yet."""
    return _form_page(Form.empty(AssociationSchema()), association=None)


@blueprint.post("/new")
@requires(Permission.ASSOCIATION_FOUND)
def found() -> Any:
    """Register it, with oneself as its board."""
    form = Form.submitted(AssociationSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            made = associations.found_association(session, actor=current_actor(), now=utc_now(), **form.values)
    if not form.valid:
        return _form_page(form, association=None), 422
    flash(_("%(name)s is registered. Invite your members now.", name=made.name), "success")
    return redirect(url_for("associations.invite", association_id=made.id), 303)


@blueprint.get("/<uuid:association_id>/edit")
@requires(Permission.ASSOCIATION_CHANGE)
def ask_edit(association_id: UUID) -> str:
    """The form with the association's data."""
    with reading() as session:
        association = open_association(
            session,
            actor=current_actor(),
            association_id=association_id,
            permission=Permission.ASSOCIATION_CHANGE,
        )
    form = Form.empty(
        AssociationSchema(), name=association.name, town=association.town, region_code=association.region_code
    )
    return _form_page(form, association=association)


@blueprint.post("/<uuid:association_id>/edit")
@requires(Permission.ASSOCIATION_CHANGE)
def edit(association_id: UUID) -> Any:
    """Save the association's data."""
    form = Form.submitted(AssociationSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            associations.change_association(
                session, actor=current_actor(), association_id=association_id, now=utc_now(), **form.values
            )
    if not form.valid:
        with reading() as session:
            association = open_association(
                session,
                actor=current_actor(),
                association_id=association_id,
                permission=Permission.ASSOCIATION_CHANGE,
            )
        return _form_page(form, association=association), 422
    flash(_("Saved."), "success")
    return redirect(url_for("memberships.members", association_id=association_id), 303)


@blueprint.get("/<uuid:association_id>/invite")
@requires(Permission.ASSOCIATION_INVITE)
def invite(association_id: UUID) -> str:
    """The invite code as link, QR code and poster."""
    with reading() as session:
        association = open_association(
            session,
            actor=current_actor(),
            association_id=association_id,
            permission=Permission.ASSOCIATION_INVITE,
        )
    address = resources().settings.base_url + url_for("sign_up.show_join", code=association.invite_code)
    return render_template(
        "enrollment/associations/invite.html",
        association=association,
        address=address,
        code=show_invite_code(association.invite_code),
        picture=qr_code(address),
        short_address=resources().settings.base_url.partition("://")[2] + url_for("sign_up.ask_code"),
    )


@blueprint.post("/<uuid:association_id>/invite/rotate")
@requires(Permission.ASSOCIATION_INVITE)
def rotate(association_id: UUID) -> Any:
    """Replace the invite code."""
    with transaction() as session:
        associations.rotate_invite_code(session, actor=current_actor(), association_id=association_id, now=utc_now())
    flash(_("There is a new code. The old one does not work any more: print the poster again."), "success")
    return redirect(url_for("associations.invite", association_id=association_id), 303)


@blueprint.get("/<uuid:association_id>/leave")
@requires(Permission.MEMBERSHIP_LEAVE)
def ask_leave(association_id: UUID) -> str:
    """Ask before the membership ends."""
    return _leave_page(association_id, Form.empty(JoinSchema(only=())))


@blueprint.post("/<uuid:association_id>/leave")
@requires(Permission.MEMBERSHIP_LEAVE)
def leave(association_id: UUID) -> Any:
    """End one's own membership."""
    form = Form.submitted(JoinSchema(only=()))
    with form.catching(), transaction() as session:
        leave_association(session, actor=current_actor(), association_id=association_id, now=utc_now())
    if not form.valid:
        return _leave_page(association_id, form), 422
    flash(_("You have left the association."), "success")
    return redirect(url_for("associations.mine"), 303)


def _leave_page(association_id: UUID, form: Form) -> str:
    with reading() as session:
        get_current_membership(session, association_id=association_id, person_id=current_user.id)
        association = get_association(session, association_id)
    return render_template("enrollment/associations/leave.html", association=association, form=form)


def _form_page(form: Form, *, association: Any) -> str:
    with reading() as session:
        regions = [(region.code, region.name) for region in list_regions(session)]
    return render_template("enrollment/associations/form.html", form=form, association=association, regions=regions)
