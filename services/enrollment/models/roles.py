"""Staff roles."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.models.base import Base
from shared.db import enum_column
from shared.kernel.actor import Role, ScopeKind
from shared.kernel.ids import new_id


class RoleAssignment(Base):
    """A staff role within one scope, until it ends. Personal data: who worked as what; ended rows are kept 3 years."""

    __tablename__ = "role_assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role] = enum_column(Role)
    scope_kind: Mapped[ScopeKind] = enum_column(ScopeKind)
    #: A course run or a carrier; empty for the whole programme.
    scope_id: Mapped[UUID | None]
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index(
            "uq_role_assignment_current",
            "person_id",
            "role",
            "scope_kind",
            "scope_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index("ix_role_assignment_scope", "scope_kind", "scope_id", postgresql_where=sa.text("ended_at IS NULL")),
        sa.CheckConstraint("(scope_kind = 'programme') = (scope_id IS NULL)", name="scope"),
        sa.CheckConstraint("role NOT IN ('member', 'board')", name="staff_only"),
    )
