"""The dated sessions of a run, and the people who teach in it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain import runs as rules
from services.enrollment.domain.errors import SessionHasMarks, TrainerUnknown
from services.enrollment.domain.runs import RunState
from services.enrollment.models.runs import CourseSession, Run, RunTrainer
from services.enrollment.operations import roles
from services.enrollment.operations.runs import check_complete, lock_managed_run, tell_of_change
from services.enrollment.queries import attendance as attendance_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import people as people_query
from shared.db import audit
from shared.kernel.actor import Actor, Role, ScopeKind
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id


def add_session(
    session: Session,
    *,
    actor: Actor,
    run_id: UUID,
    module_code: str,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> CourseSession:
    """Put a workshop of the run's level on a date; it is worth the module's units.

    Raises RunIsOver, SessionEndsBeforeStart, SessionOutsideRun, SessionsOverlap.
    """
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    rules.check_changeable(run.state)
    module = catalogue_query.get_module(session, module_code)
    if module.level_id != run.level_id:
        raise NotFound(kind="module")
    added = CourseSession(
        id=new_id(), run_id=run.id, module=module, starts_at=starts_at, ends_at=ends_at, units=module.units
    )
    _check_sessions(run, [*run.sessions, added])
    run.sessions.append(added)
    run.change_letter_due_at = rules.change_letter_due_at(state=run.state, now=now)
    _record(session, actor=actor, run=run, action="run.session_added", subject_id=added.id, now=now)
    return added


def remove_session(session: Session, *, actor: Actor, session_id: UUID, run_id: UUID, now: datetime) -> None:
    """Take a session out of the plan. Raises SessionHasMarks once attendance was noted in it.

    A public run keeps a session for every module: raises RunLacksModules, RunLacksSessions; RunIsOver at its end.
    """
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    rules.check_changeable(run.state)
    removed = next((entry for entry in run.sessions if entry.id == session_id), None)
    if removed is None:
        raise NotFound(kind="session")
    if attendance_query.has_marks(session, session_id=session_id):
        raise SessionHasMarks
    run.sessions.remove(removed)
    if run.state is not RunState.DRAFT:
        check_complete(run)
    run.change_letter_due_at = rules.change_letter_due_at(state=run.state, now=now)
    _record(session, actor=actor, run=run, action="run.session_removed", subject_id=session_id, now=now)


def assign_trainer(session: Session, *, actor: Actor, run_id: UUID, email: str, now: datetime) -> None:
    """Let a person with an account teach and mark in the run. Fires PersonChanged and RunChanged.

    Does nothing where the person teaches in it already. Raises TrainerUnknown where nobody has this address.
    """
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    person = people_query.find_person_by_email(session, email)
    if person is None:
        raise TrainerUnknown
    if any(trainer.person_id == person.id for trainer in run.trainers):
        return
    run.trainers.append(RunTrainer(run_id=run.id, person_id=person.id))
    roles.assign_role(
        session,
        actor=actor,
        person_id=person.id,
        role=Role.TRAINER,
        scope_kind=ScopeKind.RUN,
        scope_id=run.id,
        now=now,
    )
    _record(session, actor=actor, run=run, action="run.trainer_assigned", subject_id=person.id, now=now)


def withdraw_trainer(session: Session, *, actor: Actor, run_id: UUID, person_id: UUID, now: datetime) -> None:
    """End a person's teaching in the run. Fires PersonChanged and RunChanged."""
    run = lock_managed_run(session, actor=actor, run_id=run_id)
    trainer = next((entry for entry in run.trainers if entry.person_id == person_id), None)
    if trainer is None:
        raise NotFound(kind="person")
    run.trainers.remove(trainer)
    roles.end_role(
        session,
        actor=actor,
        person_id=person_id,
        role=Role.TRAINER,
        scope_kind=ScopeKind.RUN,
        scope_id=run.id,
        now=now,
    )
    _record(session, actor=actor, run=run, action="run.trainer_withdrawn", subject_id=person_id, now=now)


def _check_sessions(run: Run, sessions: list[CourseSession]) -> None:
    plan = rules.RunPlan(
        starts_on=run.starts_on,
        ends_on=run.ends_on,
        registration_closes_at=run.registration_closes_at,
        has_venue=run.venue_id is not None,
        sessions=[rules.SessionPlan(entry.module.code, entry.starts_at, entry.ends_at) for entry in sessions],
    )
    rules.check_sessions(plan)


def _record(session: Session, *, actor: Actor, run: Run, action: str, subject_id: UUID, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject="run",
        subject_id=run.id,
        now=now,
        after={"id": str(subject_id)},
    )
    tell_of_change(session, run=run, now=now)
