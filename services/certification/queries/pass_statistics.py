"""How many passes there were in each state, by region and by month: for the granting authority. No personal data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.passes import PassState
from services.certification.models import AssociationCopy, AssociationPass, PassChange


@dataclass(frozen=True)
class ChangeOnDay:
    """One change of one pass, as counting over time needs it."""

    pass_id: object
    changed_on: date
    state: PassState


@dataclass(frozen=True)
class PassRow:
    """One line of the export."""

    number: str
    association: str
    town: str
    region_code: str
    state: PassState
    valid_from: date
    valid_until: date
    grace_until: date | None


def count_passes(session: Session) -> list[tuple[str, PassState, int]]:
    """How many passes each region has in each state now."""
    statement = (
        sa.select(AssociationCopy.region_code, AssociationPass.state, sa.func.count())
        .join(AssociationCopy, AssociationCopy.association_id == AssociationPass.association_id)
        .group_by(AssociationCopy.region_code, AssociationPass.state)
        .order_by(AssociationCopy.region_code)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def list_changes_in_order(session: Session) -> list[ChangeOnDay]:
    """All changes of all passes, the oldest first."""
    statement = sa.select(PassChange.pass_id, PassChange.changed_on, PassChange.state).order_by(
        PassChange.changed_at, PassChange.id
    )
    return [ChangeOnDay(row.pass_id, row.changed_on, row.state) for row in session.execute(statement)]


def read_all_passes(session: Session) -> Iterator[PassRow]:
    """Every pass with its association, by region and name, row by row."""
    statement = (
        sa.select(
            AssociationPass.number,
            AssociationCopy.name.label("association"),
            AssociationCopy.town,
            AssociationCopy.region_code,
            AssociationPass.state,
            AssociationPass.valid_from,
            AssociationPass.valid_until,
            AssociationPass.grace_until,
        )
        .join(AssociationCopy, AssociationCopy.association_id == AssociationPass.association_id)
        .order_by(AssociationCopy.region_code, AssociationCopy.name, AssociationPass.number)
        .execution_options(yield_per=500)
    )
    for row in session.execute(statement):
        yield PassRow(**row._mapping)
