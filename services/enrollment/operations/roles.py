"""Staff roles: given and ended. Trainers of a run are named by the run's own operations, which call these."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.errors import AccountClosed, RoleHeldAlready
from services.enrollment.domain.letters import Letter
from services.enrollment.domain.people import PersonState
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.roles import check_scope
from services.enrollment.models.roles import RoleAssignment
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.notifications import tell_person
from services.enrollment.queries.people import find_person_by_email, find_role_assignment, lock_person
from shared.db import audit, refusing
from shared.kernel.actor import SYSTEM, Actor, Role, ScopeKind
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require


def grant_role(
    session: Session,
    *,
    actor: Actor,
    person_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    now: datetime,
) -> RoleAssignment:
    """Give a staff role. Raises RoleScopeWrong, RoleHeldAlready, AccountClosed. The office's right, checked here."""
    require(PERMISSIONS, actor, Permission.ROLE_ASSIGN, Facts())
    return assign_role(
        session, actor=actor, person_id=person_id, role=role, scope_kind=scope_kind, scope_id=scope_id, now=now
    )


def assign_role(
    session: Session,
    *,
    actor: Actor,
    person_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    now: datetime,
) -> RoleAssignment:
    """The same for an operation that has checked its own permission, such as naming a run's trainer."""
    check_scope(role, scope_kind, scope_id)
    person = lock_person(session, person_id)
    if person.state is PersonState.CLOSED:
        raise AccountClosed
    assignment = RoleAssignment(
        id=new_id(),
        person_id=person.id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        granted_at=now,
        granted_by_id=actor.person_id,
    )
    session.add(assignment)
    with refusing({"uq_role_assignment_current": RoleHeldAlready}):
        session.flush()
    _record(session, actor, "granted", assignment, now=now)
    announce_person(session, person, now=now)
    tell_person(
        session,
        person_id=person.id,
        template=Letter.ROLE_GRANTED,
        facts={"role": role.value, "path": "/"},
        key=str(assignment.id),
        now=now,
    )
    return assignment


def assign_role_by_email(session: Session, *, email: str, role: Role, now: datetime) -> RoleAssignment:
    """A role of the whole programme from the command line. Raises NotFound where nobody has this address."""
    person = find_person_by_email(session, email)
    if person is None:
        raise NotFound(kind="person")
    programme = ScopeKind.PROGRAMME
    return assign_role(
        session, actor=SYSTEM, person_id=person.id, role=role, scope_kind=programme, scope_id=None, now=now
    )


def revoke_role(session: Session, *, actor: Actor, assignment_id: UUID, now: datetime) -> None:
    """End a staff role. Raises NotFound where it has ended already."""
    require(PERMISSIONS, actor, Permission.ROLE_ASSIGN, Facts())
    assignment = session.get(RoleAssignment, assignment_id)
    if assignment is None or assignment.ended_at is not None:
        raise NotFound(kind="role")
    _end(session, actor, assignment, now=now)


def end_role(
    session: Session,
    *,
    actor: Actor,
    person_id: UUID,
    role: Role,
    scope_kind: ScopeKind,
    scope_id: UUID | None,
    now: datetime,
) -> None:
    """End a role by what it is, for an operation that has checked its own permission; nothing where it is not held."""
    assignment = find_role_assignment(session, person_id=person_id, role=role, scope_kind=scope_kind, scope_id=scope_id)
    if assignment is not None:
        _end(session, actor, assignment, now=now)


def _end(session: Session, actor: Actor, assignment: RoleAssignment, *, now: datetime) -> None:
    person = lock_person(session, assignment.person_id)
    assignment.ended_at = now
    _record(session, actor, "revoked", assignment, now=now)
    announce_person(session, person, now=now)


def _record(session: Session, actor: Actor, action: str, assignment: RoleAssignment, *, now: datetime) -> None:
    audit.record(
        session,
        actor=actor,
        action=f"role.{action}",
        subject="person",
        subject_id=assignment.person_id,
        now=now,
        after={
            "role": assignment.role.value,
            "scope_kind": assignment.scope_kind.value,
            "scope_id": str(assignment.scope_id) if assignment.scope_id else None,
        },
    )
