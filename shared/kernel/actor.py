"""Who is acting: a person with roles, each within a scope, a machine with a token, or the platform itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody is, always within a scope: one association, one carrier, one course run, or the programme."""

    MEMBER = "member"  # of an association
    BOARD = "board"  # of an association
    TRAINER = "trainer"  # of a course run
    CARRIER_STAFF = "carrier_staff"  # of a carrier
    OFFICE = "office"  # of the programme
    AUTHORITY = "authority"  # of the programme: the ministry and the granting office


class ScopeKind(StrEnum):
    """What a role is limited to."""

    ASSOCIATION = "association"
    CARRIER = "carrier"
    RUN = "run"
    PROGRAMME = "programme"


#: Roles that see other people's data beyond one association; they count only after a second factor.
STAFF_ROLES = frozenset({Role.TRAINER, Role.CARRIER_STAFF, Role.OFFICE, Role.AUTHORITY})


@dataclass(frozen=True)
class RoleGrant:
    """One role within one scope. `scope_id` is None for the programme only."""

    role: Role
    scope_kind: ScopeKind
    scope_id: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """Whoever acts, as the rules see them. `grants` holds a person's roles; `active_grants` those that count now.

    A machine has no person and no roles: it holds exactly the permissions that its token was given.
    """

    person_id: UUID | None
    grants: frozenset[RoleGrant] = field(default_factory=frozenset)
    has_second_factor: bool = False
    is_system: bool = False
    token_id: UUID | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)

    @property
    def acting_id(self) -> UUID | None:
        """Who stands in the audit: the person, or the token; None for the platform itself."""
        return self.person_id or self.token_id

    @property
    def active_grants(self) -> frozenset[RoleGrant]:
        """The roles that count: staff roles only after a second factor."""
        if self.has_second_factor:
            return self.grants
        return frozenset(grant for grant in self.grants if grant.role not in STAFF_ROLES)

    @property
    def is_staff(self) -> bool:
        """Whether the person holds a staff role at all, counted or not."""
        return any(grant.role in STAFF_ROLES for grant in self.grants)

    def holds(self, role: Role, scope_id: UUID | None = None) -> bool:
        """Whether the role counts now, within that scope where one is given, within any scope otherwise."""
        return any(g.role == role and scope_id in (None, g.scope_id) for g in self.active_grants)

    def scope_ids(self, role: Role) -> frozenset[UUID]:
        """The ids of all scopes in which the role counts now."""
        return frozenset(g.scope_id for g in self.active_grants if g.role == role and g.scope_id)


#: Somebody who has not signed in.
ANONYMOUS = Actor(person_id=None)
#: The platform itself: inbound events, schedules, commands.
SYSTEM = Actor(person_id=None, is_system=True)
