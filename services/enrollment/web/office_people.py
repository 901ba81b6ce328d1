"""The office's pages about people: search, one person, staff roles."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.roles import ASSIGNABLE_SCOPES
from services.enrollment.domain.slips import show_personal_code
from services.enrollment.operations.roles import grant_role, revoke_role
from services.enrollment.operations.second_factor import reset_second_factor
from services.enrollment.queries.associations import list_associations_of
from services.enrollment.queries.carriers import list_carriers
from services.enrollment.queries.people import get_person, list_role_assignments, search_people
from services.enrollment.web.schemas.roles import ROLES_OF_THE_OFFICE, RoleSchema
from services.enrollment.web.searches import searched_words
from shared.kernel.actor import Role, ScopeKind
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form
from shared.web.htmx import wants_part
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint("office_people", __name__, url_prefix="/office/people")

ROLE_NAMES = {
    Role.TRAINER: _l("Trainer"),
    Role.CARRIER_STAFF: _l("Staff of a carrier"),
    Role.OFFICE: _l("Programme office"),
    Role.AUTHORITY: _l("Ministry and granting office"),
}


@blueprint.get("")
@requires(Permission.PERSON_SEARCH)
def search() -> str:
    """People by name, address or personal code."""
    words = searched_words()
    with reading() as session:
        rows = search_people(
            session,
            words=words,
            after=requested_name_and_id(),
            limit=PAGE_SIZE + 1,
        )
    page = page_of(rows, key=lambda person: (person.full_name.lower(), person.id))
    template = "_results" if wants_part() else "list"
    return render_template(f"enrollment/office_people/{template}.html", page=page, words=words)


@blueprint.get("/<uuid:person_id>")
@requires(Permission.PERSON_SEARCH)
def show(person_id: UUID) -> str:
    """One person with associations and roles."""
    return _page(person_id, Form.empty(RoleSchema()))


@blueprint.post("/<uuid:person_id>/roles")
@requires(Permission.ROLE_ASSIGN)
def grant(person_id: UUID) -> Any:
    """Give a role."""
    form = Form.submitted(RoleSchema())
    if form.valid:
        role = Role(form.values["role"])
        scope_kind = ASSIGNABLE_SCOPES[role]
        with form.catching(), transaction() as session:
            grant_role(
                session,
                actor=current_actor(),
                person_id=person_id,
                role=role,
                scope_kind=scope_kind,
                scope_id=form.values["carrier_id"] if scope_kind is ScopeKind.CARRIER else None,
                now=utc_now(),
            )
    if not form.valid:
        return _page(person_id, form), 422
    flash(_("The role is given. It counts once the person has a second factor."), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


@blueprint.post("/<uuid:person_id>/roles/<uuid:assignment_id>/end")
@requires(Permission.ROLE_ASSIGN)
def revoke(person_id: UUID, assignment_id: UUID) -> Any:
    """End a role."""
    with transaction() as session:
        revoke_role(session, actor=current_actor(), assignment_id=assignment_id, now=utc_now())
    flash(_("The role is ended."), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


@blueprint.post("/<uuid:person_id>/second-factor/reset")
@requires(Permission.SECOND_FACTOR_RESET)
def reset(person_id: UUID) -> Any:
    """Help somebody whose second step is lost."""
    with transaction() as session:
        reset_second_factor(session, actor=current_actor(), person_id=person_id, now=utc_now())
    flash(_("The second step is removed. The person sets up a new one at the next sign-in."), "success")
    return redirect(url_for(".show", person_id=person_id), 303)


def _page(person_id: UUID, form: Form) -> str:
    with reading() as session:
        person = get_person(session, person_id)
        carriers = list_carriers(session)
        return render_template(
            "enrollment/office_people/page.html",
            subject=person,
            personal_code=show_personal_code(person.personal_code),
            belonging=list_associations_of(session, person_id=person_id),
            assignments=list_role_assignments(session, person_id=person_id),
            role_names=ROLE_NAMES,
            roles=[(role.value, ROLE_NAMES[role]) for role in ROLES_OF_THE_OFFICE],
            carriers=[(carrier.id, carrier.name) for carrier in carriers],
            carrier_names={carrier.id: carrier.name for carrier in carriers},
            form=form,
        )
