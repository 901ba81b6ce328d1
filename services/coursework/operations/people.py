"""Keeping the local copies of people."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from services.coursework.models import PersonCopy
from shared.contracts.enrollment import PersonChanged


def keep_person(session: Session, *, event: PersonChanged) -> None:
    """Know a person as enrollment now does. A closed account keeps its id and loses its name and roles."""
    session.merge(
        PersonCopy(
            person_id=event.person_id,
            full_name=event.full_name if event.is_active else "",
            language=event.language,
            session_version=event.session_version,
            is_active=event.is_active,
            roles=[_role_values(asdict(role)) for role in event.roles],
        )
    )


def _role_values(role: dict[str, Any]) -> dict[str, Any]:
    return {**role, "scope_id": str(role["scope_id"]) if role["scope_id"] else None}
