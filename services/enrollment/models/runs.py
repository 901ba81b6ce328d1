"""Course runs, their sessions and trainers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.enrollment.domain.runs import RunState
from services.enrollment.models.base import Base
from services.enrollment.models.carriers import Carrier
from services.enrollment.models.catalogue import Level, Module
from services.enrollment.models.regions import Region
from services.enrollment.models.venues import Venue
from shared.db import enum_column
from shared.kernel.ids import new_id


class Run(Base):
    """One level, held once by one carrier. Its row is the lock for everything about its seats. No personal data."""

    __tablename__ = "run"
    __table_args__ = (
        CheckConstraint("seats_taken between 0 and capacity", name="seats_within_capacity"),
        CheckConstraint("capacity between 1 and 200", name="capacity_in_range"),
        CheckConstraint("seats_per_association >= 1", name="seats_per_association_positive"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint("state in ('draft', 'cancelled') or venue_id is not null", name="public_with_venue"),
        Index("ix_run_state_starts_on", "state", "starts_on"),
        Index(
            "ix_run_change_letter_due",
            "change_letter_due_at",
            postgresql_where=text("change_letter_due_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    level_id: Mapped[UUID] = mapped_column(ForeignKey("level.id"), index=True)
    carrier_id: Mapped[UUID] = mapped_column(ForeignKey("carrier.id"), index=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    venue_id: Mapped[UUID | None] = mapped_column(ForeignKey("venue.id"))
    title: Mapped[str]
    town: Mapped[str]
    #: Which languages are spoken, whether somebody interprets, how much German is needed.
    language_notes: Mapped[str] = mapped_column(server_default="", default="")
    capacity: Mapped[int]
    seats_per_association: Mapped[int]
    #: Places that are offered, confirmed or completed. Written only with the row locked; the CHECK is the last guard.
    seats_taken: Mapped[int] = mapped_column(server_default="0", default=0)
    registration_closes_at: Mapped[datetime]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[RunState] = enum_column(RunState)
    #: When everybody with a place is told of changed dates; each further change puts it off.
    change_letter_due_at: Mapped[datetime | None]

    level: Mapped[Level] = relationship()
    carrier: Mapped[Carrier] = relationship()
    region: Mapped[Region] = relationship()
    venue: Mapped[Venue | None] = relationship()
    sessions: Mapped[list["CourseSession"]] = relationship(
        back_populates="run", order_by="CourseSession.starts_at", cascade="all, delete-orphan"
    )
    trainers: Mapped[list["RunTrainer"]] = relationship(back_populates="run", cascade="all, delete-orphan")


class RunTrainer(Base):
    """A person who teaches and marks in a run. Personal data: who worked where; removed with the person."""

    __tablename__ = "run_trainer"

    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    run: Mapped[Run] = relationship(back_populates="trainers")


class CourseSession(Base):
    """One dated workshop of a run. No personal data."""

    __tablename__ = "course_session"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("units between 1 and 200", name="units_in_range"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), index=True)
    module_id: Mapped[UUID] = mapped_column(ForeignKey("module.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: Teaching units of 45 minutes that attending it is worth.
    units: Mapped[int]

    run: Mapped[Run] = relationship(back_populates="sessions")
    module: Mapped[Module] = relationship()
