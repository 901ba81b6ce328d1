"""The board's pages about members: list, new member, slip, board, removal."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.domain.errors import AlreadyMember
from services.enrollment.domain.permissions import Permission
from services.enrollment.operations import memberships, slips
from services.enrollment.operations.association_access import open_association
from services.enrollment.queries.memberships import get_member, list_members
from services.enrollment.queries.people import grants_of
from services.enrollment.web.printed_slips import slip_page
from services.enrollment.web.schemas.associations import NewMemberSchema
from shared.kernel.actor import Role, RoleGrant, ScopeKind
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.ui import LANGUAGES
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form
from shared.web.language import current_language
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint("memberships", __name__, url_prefix="/associations/<uuid:association_id>/members")


@blueprint.get("")
@requires(Permission.MEMBERSHIP_LIST)
def members(association_id: UUID) -> str:
    """The present members by name."""
    with reading() as session:
        association = _association(session, association_id, Permission.MEMBERSHIP_LIST)
        rows = list_members(
            session,
            association_id=association_id,
            after=requested_name_and_id(),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(rows, key=lambda member: (member.full_name.lower(), member.membership_id))
    return render_template("enrollment/memberships/list.html", association=association, page=page)


@blueprint.get("/new")
@requires(Permission.MEMBERSHIP_MANAGE)
def ask_new(association_id: UUID) -> str:
    """The form for somebody without e-mail address."""
    form = Form.empty(NewMemberSchema(), ticket=new_id(), language=current_language())
    return _new_page(association_id, form)


@blueprint.post("/new")
@requires(Permission.MEMBERSHIP_MANAGE)
def create(association_id: UUID) -> Any:
    """Make the account and show its slip. Sent twice, it leads to the member that was made by the first."""
    form = Form.submitted(NewMemberSchema())
    if not form.valid:
        return _new_page(association_id, form), 422
    ticket = form.values["ticket"]
    try:
        with transaction() as session:
            memberships.create_member(
                session,
                actor=current_actor(),
                association_id=association_id,
                membership_id=ticket,
                full_name=form.values["full_name"],
                language=form.values["language"],
                now=utc_now(),
            )
            slip = _issue(session, association_id, ticket)
    except AlreadyMember:
        return redirect(url_for(".ask_slip", association_id=association_id, membership_id=ticket), 303)
    return _slip_page(association_id, slip)


@blueprint.get("/<uuid:membership_id>/slip")
@requires(Permission.SLIP_ISSUE)
def ask_slip(association_id: UUID, membership_id: UUID) -> str:
    """What a new slip means for the old one."""
    return _member_page(association_id, membership_id, "slip", _empty_form())


@blueprint.post("/<uuid:membership_id>/slip")
@requires(Permission.SLIP_ISSUE)
def issue_slip(association_id: UUID, membership_id: UUID) -> Any:
    """A new slip, shown once."""
    form = Form.submitted(NewMemberSchema(only=()))
    with form.catching(), transaction() as session:
        slip = _issue(session, association_id, membership_id)
    if not form.valid:
        return _member_page(association_id, membership_id, "slip", form), 422
    return _slip_page(association_id, slip)


@blueprint.get("/<uuid:membership_id>/remove")
@requires(Permission.MEMBERSHIP_MANAGE)
def ask_remove(association_id: UUID, membership_id: UUID) -> str:
    """Ask before a membership ends."""
    return _member_page(association_id, membership_id, "remove", _empty_form())


@blueprint.post("/<uuid:membership_id>/remove")
@requires(Permission.MEMBERSHIP_MANAGE)
def remove(association_id: UUID, membership_id: UUID) -> Any:
    """End somebody's membership."""
    form = Form.submitted(NewMemberSchema(only=()))
    with form.catching(), transaction() as session:
        memberships.remove_member(
            session,
            actor=current_actor(),
            association_id=association_id,
            membership_id=membership_id,
            now=utc_now(),
        )
    if not form.valid:
        return _member_page(association_id, membership_id, "remove", form), 422
    flash(_("The membership is ended."), "success")
    return redirect(url_for(".members", association_id=association_id), 303)


@blueprint.post("/<uuid:membership_id>/board")
@requires(Permission.MEMBERSHIP_MANAGE)
def add_to_board(association_id: UUID, membership_id: UUID) -> Response:
    """Put somebody on the board."""
    with transaction() as session:
        memberships.add_to_board(
            session,
            actor=current_actor(),
            association_id=association_id,
            membership_id=membership_id,
            now=utc_now(),
        )
    flash(_("Saved. This person is on the board now."), "success")
    return _back_to_list(association_id)


@blueprint.post("/<uuid:membership_id>/board/end")
@requires(Permission.MEMBERSHIP_MANAGE)
def take_from_board(association_id: UUID, membership_id: UUID) -> Response:
    """Take somebody from the board."""
    form = Form.submitted(NewMemberSchema(only=()))
    with form.catching(), transaction() as session:
        memberships.take_from_board(
            session,
            actor=current_actor(),
            association_id=association_id,
            membership_id=membership_id,
            now=utc_now(),
        )
    for _field, sentence in form.summary or [(None, _("Saved. This person is not on the board any more."))]:
        flash(sentence, "success" if form.valid else "danger")
    return _back_to_list(association_id)


def _back_to_list(association_id: UUID) -> Any:
    """The members' list, or one's own associations for somebody who has just left the board."""
    with reading() as session:
        is_board = RoleGrant(Role.BOARD, ScopeKind.ASSOCIATION, association_id) in grants_of(session, current_user.id)
    target = url_for(".members", association_id=association_id) if is_board else url_for("associations.mine")
    return redirect(target, 303)


def _issue(session: Any, association_id: UUID, membership_id: UUID) -> slips.IssuedSlip:
    return slips.issue_slip_to_member(
        session,
        actor=current_actor(),
        association_id=association_id,
        membership_id=membership_id,
        now=utc_now(),
    )


def _slip_page(association_id: UUID, slip: slips.IssuedSlip) -> Response:
    with reading() as session:
        association = _association(session, association_id, Permission.SLIP_ISSUE)
    return slip_page(slip, association=association.name, back=url_for(".members", association_id=association_id))


def _new_page(association_id: UUID, form: Form) -> str:
    with reading() as session:
        association = _association(session, association_id, Permission.MEMBERSHIP_MANAGE)
    languages = [(language.code, language.name) for language in LANGUAGES]
    return render_template("enrollment/memberships/new.html", association=association, form=form, languages=languages)


def _member_page(association_id: UUID, membership_id: UUID, template: str, form: Form) -> str:
    with reading() as session:
        association = _association(session, association_id, Permission.MEMBERSHIP_MANAGE)
        member = get_member(session, association_id=association_id, membership_id=membership_id)
    return render_template(f"enrollment/memberships/{template}.html", association=association, member=member, form=form)


def _association(session: Any, association_id: UUID, permission: Permission) -> Any:
    return open_association(session, actor=current_actor(), association_id=association_id, permission=permission)


def _empty_form() -> Form:
    return Form.empty(NewMemberSchema(only=()))
