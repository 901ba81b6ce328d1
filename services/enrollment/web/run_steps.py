"""The carrier's hand on one run: its dates, its trainers, and the places of its people."""

from uuid import UUID

from flask import Blueprint, render_template
from flask_babel import gettext as _

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.places import SEATED_STATES, PlaceState
from services.enrollment.domain.runs import instant_of
from services.enrollment.operations import places, sessions
from services.enrollment.queries import places as places_query
from services.enrollment.web.run_management import Answer, act_on_run, get_staffed_run
from services.enrollment.web.schemas.runs import SessionSchema, TrainerSchema
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, reading, requires
from shared.web.fields import FormSchema
from shared.web.forms import Form

blueprint = Blueprint("run_steps", __name__, url_prefix="/carrier/runs/<uuid:run_id>")


@blueprint.post("/sessions")
@requires(Permission.RUN_MANAGE)
def add_session(run_id: UUID) -> Answer:
    """Put a workshop on a date."""
    form = Form.submitted(SessionSchema())
    return act_on_run(
        run_id,
        lambda session: sessions.add_session(
            session,
            actor=current_actor(),
            run_id=run_id,
            module_code=form.values["module_code"],
            starts_at=instant_of(form.values["session_on"], form.values["starts"]),
            ends_at=instant_of(form.values["session_on"], form.values["ends"]),
            now=utc_now(),
        ),
        form=form,
        form_name="session_form",
        done=_("The date is saved."),
    )


@blueprint.post("/sessions/<uuid:session_id>/remove")
@requires(Permission.RUN_MANAGE)
def remove_session(run_id: UUID, session_id: UUID) -> Answer:
    """Take a date out of the plan."""
    return act_on_run(
        run_id,
        lambda session: sessions.remove_session(
            session, actor=current_actor(), session_id=session_id, run_id=run_id, now=utc_now()
        ),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("The date is removed."),
    )


@blueprint.post("/trainers")
@requires(Permission.RUN_MANAGE)
def assign_trainer(run_id: UUID) -> Answer:
    """Let somebody teach and mark in the run."""
    form = Form.submitted(TrainerSchema())
    return act_on_run(
        run_id,
        lambda session: sessions.assign_trainer(
            session, actor=current_actor(), run_id=run_id, email=form.values["email"], now=utc_now()
        ),
        form=form,
        form_name="trainer_form",
        done=_("The trainer is assigned."),
    )


@blueprint.post("/trainers/<uuid:person_id>/remove")
@requires(Permission.RUN_MANAGE)
def withdraw_trainer(run_id: UUID, person_id: UUID) -> Answer:
    """End somebody's teaching in the run."""
    return act_on_run(
        run_id,
        lambda session: sessions.withdraw_trainer(
            session, actor=current_actor(), run_id=run_id, person_id=person_id, now=utc_now()
        ),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("The trainer is removed from this course."),
    )


@blueprint.post("/places/<uuid:place_id>/give")
@requires(Permission.PLACE_MANAGE)
def give_seat(run_id: UUID, place_id: UUID) -> Answer:
    """Give a free seat to somebody on the waiting list by hand."""
    return act_on_run(
        run_id,
        lambda session: places.give_seat(session, actor=current_actor(), place_id=place_id, now=utc_now()),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("The place is confirmed."),
    )


@blueprint.post("/places/<uuid:place_id>/release")
@requires(Permission.PLACE_MANAGE)
def release_place(run_id: UUID, place_id: UUID) -> Answer:
    """Take a place back."""
    return act_on_run(
        run_id,
        lambda session: places.leave_place(session, actor=current_actor(), place_id=place_id, now=utc_now()),
        form=Form.submitted(FormSchema()),
        form_name="action_form",
        done=_("Done. The next person on the waiting list is told, if somebody waits."),
    )


@blueprint.get("/places/<uuid:place_id>/release")
@requires(Permission.PLACE_MANAGE)
def confirm_release(run_id: UUID, place_id: UUID) -> str:
    """Ask once more before somebody loses a place."""
    with reading() as session:
        run = get_staffed_run(session, run_id, Permission.PLACE_MANAGE)
        roster = places_query.list_roster(session, run_id=run.id, states=[*SEATED_STATES, PlaceState.WAITING])
        entry = next((entry for entry in roster if entry.place.id == place_id), None)
        if entry is None:
            raise NotFound(kind="place")
        return render_template("enrollment/run_management/release.html", run=run, entry=entry)
