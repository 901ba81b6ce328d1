"""People, as coursework knows them: copies of enrollment's facts."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.coursework.models.base import Base


class PersonCopy(Base):
    """What enrollment last said about a person.

    Personal data: name and language, for greeting and for trainers' lists; emptied when the account is closed.
    """

    __tablename__ = "person_copy"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    language: Mapped[str]
    session_version: Mapped[int]
    is_active: Mapped[bool]
    #: GrantedRole as JSON: role, scope_kind, scope_id.
    roles: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
