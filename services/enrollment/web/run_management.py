"""The carrier's pages of its course runs: list, draft, publish, roster, waiting list, dates, trainers, cancel."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import SEATED_STATES, PlaceState
from services.enrollment.domain.programme_settings import SettingKey
from services.enrollment.domain.runs import end_of_day
from services.enrollment.operations import runs
from services.enrollment.queries import carriers as carriers_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import programme_settings as settings_query
from services.enrollment.queries import regions as regions_query
from services.enrollment.queries import runs as runs_query
from services.enrollment.web.schemas.runs import NewRunSchema, RunSchema, SessionSchema, TrainerSchema
from shared.db import Session
from shared.kernel.actor import Role
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form

blueprint = Blueprint("run_management", __name__, url_prefix="/carrier/runs")

Answer = str | Response | tuple[str, int]


def own_carrier_ids() -> frozenset[UUID] | None:
    """The carriers whose runs the person manages; None for the office, which sees all."""
    actor = current_actor()
    return None if actor.holds(Role.OFFICE) else actor.scope_ids(Role.CARRIER_STAFF)


def get_staffed_run(session: Session, run_id: UUID, permission: Permission) -> Any:
    """The run, for whoever holds the permission on it; not found for everybody else."""
    run = runs_query.get_run(session, run_id)
    if not allows(PERMISSIONS, current_actor(), permission, Facts(carrier_id=run.carrier_id, run_id=run.id)):
        raise NotFound(kind="run")
    return run


@blueprint.get("")
@requires(Permission.RUN_MANAGE)
def list_managed() -> str:
    """All runs of the person's carriers, the latest first."""
    with reading() as session:
        found = runs_query.list_runs_of_carriers(session, carrier_ids=own_carrier_ids())
        return render_template("enrollment/run_management/list.html", runs=found)


@blueprint.get("/new")
@requires(Permission.RUN_MANAGE)
def draft_run() -> str:
    """An empty form, filled with what the programme proposes."""
    with reading() as session:
        now = utc_now()
        form = Form.empty(
            NewRunSchema(),
            capacity=settings_query.get_setting(session, SettingKey.RUN_CAPACITY, now=now),
            seats_per_association=settings_query.get_setting(session, SettingKey.SEATS_PER_ASSOCIATION, now=now),
        )
        return _render_form(session, form=form, run=None)


@blueprint.post("/new")
@requires(Permission.RUN_MANAGE)
def create_run() -> Answer:
    """Store the draft."""
    form = Form.submitted(NewRunSchema())
    run = None
    if form.valid:
        with form.catching(), transaction() as session:
            run = runs.create_run(
                session,
                actor=current_actor(),
                carrier_id=form.values["carrier_id"],
                level_code=form.values["level_code"],
                details=_details(form),
                now=utc_now(),
            )
    if run is None or not form.valid:
        with reading() as session:
            return _render_form(session, form=form, run=None), 422
    flash(_("The draft is saved. Now add the dates of the workshops."), "success")
    return redirect(url_for(".show_run", run_id=run.id), 303)


@blueprint.get("/<uuid:run_id>/edit")
@requires(Permission.RUN_MANAGE)
def edit_run(run_id: UUID) -> str:
    """The form with what is known of the run."""
    with reading() as session:
        run = get_staffed_run(session, run_id, Permission.RUN_MANAGE)
        form = Form.empty(
            RunSchema(),
            title=run.title,
            region_code=run.region_code,
            town=run.town,
            venue_id=run.venue_id,
            capacity=run.capacity,
            seats_per_association=run.seats_per_association,
            starts_on=run.starts_on.isoformat(),
            ends_on=run.ends_on.isoformat(),
            registration_closes_on=programme_date(run.registration_closes_at).isoformat(),
            language_notes=run.language_notes,
        )
        return _render_form(session, form=form, run=run)


@blueprint.post("/<uuid:run_id>/edit")
@requires(Permission.RUN_MANAGE)
def change_run(run_id: UUID) -> Answer:
    """Store the changes."""
    form = Form.submitted(RunSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            runs.change_run(session, actor=current_actor(), run_id=run_id, details=_details(form), now=utc_now())
    if not form.valid:
        with reading() as session:
            run = get_staffed_run(session, run_id, Permission.RUN_MANAGE)
            return _render_form(session, form=form, run=run), 422
    flash(_("Saved."), "success")
    return redirect(url_for("run_management.show_run", run_id=run_id), 303)


def _details(form: Form) -> runs.RunDetails:
    values = {name: value for name, value in form.values.items() if name not in ("carrier_id", "level_code")}
    closes_at = end_of_day(values.pop("registration_closes_on"))
    return runs.RunDetails(registration_closes_at=closes_at, **values)


def _render_form(session: Session, *, form: Form, run: Any) -> str:
    carriers = carriers_query.list_carriers(session, ids=own_carrier_ids())
    shown = [run.carrier] if run else carriers
    return render_template(
        "enrollment/run_management/edit.html",
        form=form,
        run=run,
        carriers=[(carrier.id, carrier.name) for carrier in carriers],
        venues=[
            (venue.id, f"{venue.name}, {venue.town}")
            for carrier in shown
            for venue in carriers_query.list_venues(session, carrier_id=carrier.id)
        ],
        levels=[(level.code, level.title) for level in catalogue_query.list_levels(session)],
        regions=[(region.code, region.name) for region in regions_query.list_regions(session)],
        close_days=settings_query.get_setting(session, SettingKey.REGISTRATION_CLOSE_DAYS, now=utc_now()),
    )


@blueprint.get("/<uuid:run_id>")
@requires(Permission.ROSTER_READ)
def show_run(run_id: UUID) -> str:
    """Everything about a run that its staff needs: state, dates, trainers, roster, waiting list."""
    with reading() as session:
        return _render_run(session, run_id=run_id)


def _render_run(session: Session, *, run_id: UUID, **forms: Form) -> str:
    run = get_staffed_run(session, run_id, Permission.ROSTER_READ)
    waiting = {
        entry.place.id: entry for entry in places_query.list_roster(session, run_id=run.id, states=[PlaceState.WAITING])
    }
    return render_template(
        "enrollment/run_management/page.html",
        run=run,
        roster=places_query.list_roster(session, run_id=run.id, states=SEATED_STATES),
        waiting=[(turn, waiting[turn.place_id]) for turn in places_query.list_turns(session, run=run)],
        trainers=runs_query.list_trainers(session, run_id=run.id),
        modules=[(module.code, f"{module.title} ({module.units})") for module in run.level.modules],
        may_manage=allows(PERMISSIONS, current_actor(), Permission.RUN_MANAGE, Facts(carrier_id=run.carrier_id)),
        session_form=forms.get("session_form") or Form.empty(SessionSchema()),
        trainer_form=forms.get("trainer_form") or Form.empty(TrainerSchema()),
        action_form=forms.get("action_form"),
    )


def act_on_run(
    run_id: UUID, operation: Callable[[Session], object], *, form: Form, form_name: str, done: str
) -> Answer:
    """Run one operation; say what came of it on the run's page."""
    if form.valid:
        with form.catching(), transaction() as session:
            operation(session)
    if not form.valid:
        with reading() as session:
            return _render_run(session, run_id=run_id, **{form_name: form}), 422
    flash(done, "success")
    return redirect(url_for("run_management.show_run", run_id=run_id), 303)


@blueprint.post("/<uuid:run_id>/publish")
@requires(Permission.RUN_MANAGE)
def publish_run(run_id: UUID) -> Answer:
    """Show the run to the public and open its registration."""
    return act_on_run(
        run_id,
        lambda session: runs.publish_run(session, actor=current_actor(), run_id=run_id, now=utc_now()),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("The course is public now. People can ask for places."),
    )


@blueprint.get("/<uuid:run_id>/cancel")
@requires(Permission.RUN_MANAGE)
def confirm_cancelling(run_id: UUID) -> str:
    """Ask once more before everybody loses their place."""
    with reading() as session:
        run = get_staffed_run(session, run_id, Permission.RUN_MANAGE)
        return render_template("enrollment/run_management/cancel.html", run=run)


@blueprint.post("/<uuid:run_id>/cancel")
@requires(Permission.RUN_MANAGE)
def cancel_run(run_id: UUID) -> Answer:
    """Cancel the run; everybody is told."""
    return act_on_run(
        run_id,
        lambda session: runs.cancel_run(session, actor=current_actor(), run_id=run_id, now=utc_now()),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("The course is cancelled. Everybody who had a place or waited is told."),
    )
