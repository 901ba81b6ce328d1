"""Who somebody is in this service: its own copy of the person, as flask-login's user."""

from typing import Any
from uuid import UUID

from services.coursework.queries.people import find_person
from shared.kernel.actor import Actor, Role, RoleGrant, ScopeKind
from shared.web.identity import SignedInPerson


def load_person(session: Any, person_id: UUID) -> SignedInPerson | None:
    """The person, or None where the account has not arrived or is closed."""
    person = find_person(session, person_id=person_id)
    if person is None or not person.is_active:
        return None
    return SignedInPerson(
        id=person.person_id,
        display_name=person.full_name,
        language=person.language,
        session_version=person.session_version,
        actor=Actor(person_id=person.person_id, grants=frozenset(_grant(role) for role in person.roles)),
    )


def _grant(role: dict[str, Any]) -> RoleGrant:
    return RoleGrant(
        role=Role(role["role"]),
        scope_kind=ScopeKind(role["scope_kind"]),
        scope_id=UUID(role["scope_id"]) if role["scope_id"] else None,
    )
