"""The editors of entries in the public registers: a board's, and a multiplier's own."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from services.certification.domain.permissions import Permission
from services.certification.domain.registers import AssociationFacts, MultiplierFacts
from services.certification.operations import registers
from services.certification.web import choices
from services.certification.web.schemas.registers import AssociationEntrySchema, MultiplierEntrySchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

association_blueprint = Blueprint("association_entries", __name__, url_prefix="/certification/passes")
multiplier_blueprint = Blueprint("multiplier_entries", __name__, url_prefix="/certification/multipliers/mine")

Answer = str | Response | tuple[str, int]


@association_blueprint.get("/<uuid:association_id>/entry")
@requires(Permission.PASS_PUBLISH)
def edit(association_id: UUID) -> Answer:
    """What the association publishes."""
    return _association_page(association_id, None)


@association_blueprint.post("/<uuid:association_id>/entry")
@requires(Permission.PASS_PUBLISH)
def keep(association_id: UUID) -> Answer:
    """Publish the entry, or change it."""
    form = Form.submitted(AssociationEntrySchema())
    if form.valid:
        with form.catching(), transaction() as session:
            registers.keep_entry(
                session,
                actor=current_actor(),
                association_id=association_id,
                facts=_association_facts(form.values),
                now=utc_now(),
            )
    if not form.valid:
        return _association_page(association_id, form)
    flash(_("The entry is saved. It is public while the pass is valid."), "success")
    return redirect(url_for("passes.show", association_id=association_id), 303)


@association_blueprint.post("/<uuid:association_id>/entry/withdraw")
@requires(Permission.PASS_PUBLISH)
def withdraw(association_id: UUID) -> Answer:
    """Take the entry out of the register."""
    with transaction() as session:
        registers.withdraw_entry(session, actor=current_actor(), association_id=association_id, now=utc_now())
    flash(_("The entry is deleted. The register no longer shows it."), "success")
    return redirect(url_for("passes.show", association_id=association_id), 303)


def _association_facts(values: dict[str, Any]) -> AssociationFacts:
    return AssociationFacts(
        website=values["website"],
        email=values["email"],
        phone=values["phone"],
        languages=tuple(values["languages"]),
        topics=tuple(values["topics"]),
    )


def _association_page(association_id: UUID, form: Form | None) -> Answer:
    with reading() as session:
        found = registers.read_publication(session, actor=current_actor(), association_id=association_id)
    entry = found.entry
    shown = form or Form.empty(AssociationEntrySchema(), **_initial(entry, "website", "email", "phone"))
    page = render_template("certification/registers/association_entry.html", found=found, form=shown, choices=choices)
    return page if shown.valid else (page, 422)


@multiplier_blueprint.get("")
@requires(Permission.MULTIPLIER_ENTRY_KEEP)
def show_own() -> Answer:
    """What I publish as a multiplier."""
    return _own_page(None)


@multiplier_blueprint.post("")
@requires(Permission.MULTIPLIER_ENTRY_KEEP)
def keep_own() -> Answer:
    """Publish my entry, or change it."""
    form = Form.submitted(MultiplierEntrySchema())
    if form.valid:
        with form.catching(), transaction() as session:
            registers.keep_own_entry(
                session, actor=current_actor(), facts=_multiplier_facts(form.values), now=utc_now()
            )
    if not form.valid:
        return _own_page(form)
    flash(_("Your entry is public now."), "success")
    return redirect(url_for("multiplier_entries.show_own"), 303)


@multiplier_blueprint.post("/withdraw")
@requires(Permission.MULTIPLIER_ENTRY_KEEP)
def withdraw_own() -> Answer:
    """Delete my entry."""
    with transaction() as session:
        registers.withdraw_own_entry(session, actor=current_actor(), now=utc_now())
    flash(_("Your entry is deleted. The register no longer shows it."), "success")
    return redirect(url_for("multiplier_entries.show_own"), 303)


def _multiplier_facts(values: dict[str, Any]) -> MultiplierFacts:
    return MultiplierFacts(
        display_name=values["display_name"],
        town=values["town"],
        region_codes=tuple(values["region_codes"]),
        languages=tuple(values["languages"]),
        topics=tuple(values["topics"]),
        about=values["about"],
        takes_messages=values["takes_messages"],
    )


def _own_page(form: Form | None) -> Answer:
    with reading() as session:
        own = registers.read_own_entry(session, actor=current_actor())
    initial = _initial(own.entry, "display_name", "town", "about", "region_codes", "takes_messages")
    if own.entry is None:
        initial = {"display_name": current_user.display_name, "takes_messages": True}
    shown = form or Form.empty(MultiplierEntrySchema(), **initial)
    page = render_template("certification/registers/own_entry.html", own=own, form=shown, choices=choices)
    return page if shown.valid else (page, 422)


def _initial(entry: Any, *names: str) -> dict[str, Any]:
    """What an entry says already, for the form; nothing where there is none."""
    if entry is None:
        return {}
    return {name: getattr(entry, name) for name in (*names, "languages", "topics")}
