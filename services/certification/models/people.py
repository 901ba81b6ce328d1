"""What certification knows of people: a copy of enrollment's account, as it last arrived."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.models.base import Base


class PersonCopy(Base):
    """One person.

    Personal data: name, language, roles. Overwritten with every PersonChanged; a closed account arrives without roles
    and inactive. Certificates keep the name they were issued with.
    """

    __tablename__ = "person_copy"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    full_name: Mapped[str]
    language: Mapped[str]
    #: Grows with "sign out everywhere"; an identity cookie with an older one is refused.
    session_version: Mapped[int]
    is_active: Mapped[bool]
    #: [{"role", "scope_kind", "scope_id"}] in the words of shared.kernel.actor.
    roles: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)

    __table_args__ = (sa.Index(None, "full_name"),)
