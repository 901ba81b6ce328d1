"""What the subjects give to the first page. Each adds its values here and its part in templates/enrollment/home."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session


def for_strangers(session: Session) -> dict[str, Any]:
    """Values of the page for whoever has not signed in: the courses near me, and so on."""
    return {}


def for_person(session: Session, person_id: UUID) -> dict[str, Any]:
    """Values of the page for whoever has: the next steps."""
    return {}
