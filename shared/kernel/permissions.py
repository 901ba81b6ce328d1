"""The mechanism of permissions: each service's `domain/permissions.py` holds its own enum and table.

The table maps a permission to alternatives. An alternative is a small pure predicate over the actor and the facts
of the row that is touched; one that holds is enough. A permission that is not in the table is denied.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from shared.kernel.actor import STAFF_ROLES, Actor, Role
from shared.kernel.errors import NotFound, NotPermitted, SecondFactorNeeded


@dataclass(frozen=True)
class Facts:
    """What a row says about whose it is. Fill in what the row knows."""

    person_id: UUID | None = None
    association_id: UUID | None = None
    carrier_id: UUID | None = None
    run_id: UUID | None = None


@dataclass(frozen=True)
class Alternative:
    """One way to hold a permission: at the door (who may at all), and on the row (whose it is)."""

    at_the_door: Callable[[Actor], bool]
    on_the_row: Callable[[Actor, Facts], bool]
    roles: frozenset[Role] = frozenset()


PermissionTable = Mapping[StrEnum, Iterable[Alternative]]


def signed_in() -> Alternative:
    """Anybody who has signed in, on any row."""
    return Alternative(lambda actor: actor.person_id is not None, lambda actor, facts: actor.person_id is not None)


def own_row() -> Alternative:
    """The person whom the row is about."""
    return Alternative(
        lambda actor: actor.person_id is not None,
        lambda actor, facts: actor.person_id is not None and actor.person_id == facts.person_id,
    )


def _scoped(role: Role, fact: str) -> Alternative:
    def on_the_row(actor: Actor, facts: Facts) -> bool:
        scope_id = getattr(facts, fact)
        return scope_id is not None and actor.holds(role, scope_id)

    return Alternative(lambda actor: actor.holds(role), on_the_row, frozenset({role}))


def member() -> Alternative:
    """A member of the row's association."""
    return _scoped(Role.MEMBER, "association_id")


def board() -> Alternative:
    """The board of the row's association."""
    return _scoped(Role.BOARD, "association_id")


def carrier_staff() -> Alternative:
    """Staff of the row's carrier."""
    return _scoped(Role.CARRIER_STAFF, "carrier_id")


def trainer() -> Alternative:
    """A trainer of the row's course run."""
    return _scoped(Role.TRAINER, "run_id")


def office() -> Alternative:
    """The programme office, on any row."""
    return Alternative(lambda a: a.holds(Role.OFFICE), lambda a, f: a.holds(Role.OFFICE), frozenset({Role.OFFICE}))


def authority() -> Alternative:
    """The ministry and the granting office, on any row."""
    return Alternative(
        lambda a: a.holds(Role.AUTHORITY), lambda a, f: a.holds(Role.AUTHORITY), frozenset({Role.AUTHORITY})
    )


def require(table: PermissionTable, actor: Actor, permission: StrEnum, facts: Facts) -> None:
    """The first line of an operation: pass, or raise NotPermitted, or SecondFactorNeeded where only that lacks."""
    if allows(table, actor, permission, facts):
        return
    _refuse(table, actor, permission)


def require_or_hide(table: PermissionTable, actor: Actor, permission: StrEnum, facts: Facts, *, kind: str) -> None:
    """`require` where even that the row exists is nobody else's business: NotFound of this kind for NotPermitted."""
    try:
        require(table, actor, permission, facts)
    except NotPermitted as error:
        raise NotFound(kind=kind) from error


def require_at_the_door(table: PermissionTable, actor: Actor, permission: StrEnum) -> None:
    """What a view checks before it loads anything: could this person hold the permission on some row?"""
    if _holds_by_itself(actor, permission) or any(way.at_the_door(actor) for way in table.get(permission, ())):
        return
    _refuse(table, actor, permission)


def allows(table: PermissionTable, actor: Actor, permission: StrEnum, facts: Facts) -> bool:
    """Whether `require` would pass; for showing or hiding a button, never instead of `require`."""
    return _holds_by_itself(actor, permission) or any(way.on_the_row(actor, facts) for way in table.get(permission, ()))


def _holds_by_itself(actor: Actor, permission: StrEnum) -> bool:
    """The platform holds everything; a machine holds, on any row, what its token was given."""
    return actor.is_system or permission.value in actor.permissions


def _refuse(table: PermissionTable, actor: Actor, permission: StrEnum) -> None:
    dormant = {grant.role for grant in actor.grants - actor.active_grants}
    if any(way.roles & dormant & STAFF_ROLES for way in table.get(permission, ())):
        raise SecondFactorNeeded
    raise NotPermitted(permission=permission.value)
