"""Searching the public registers: no account, nothing about the asker is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.models import MultiplierEntry
from services.certification.queries.registers import (
    PublicFilter,
    PublishedPass,
    count_multipliers_by_region,
    count_published_by_town,
    list_multipliers,
    list_published_passes,
)
from shared.kernel.clock import programme_date


@dataclass(frozen=True)
class FoundPasses:
    """One page of the register of passes, and how many of all that were found lie where: (region, town, number)."""

    passes: list[PublishedPass]
    by_town: list[tuple[str, str, int]]


@dataclass(frozen=True)
class FoundMultipliers:
    """One page of the register of multipliers, and how many of all that were found advise in each region."""

    entries: Sequence[MultiplierEntry]
    by_region: dict[str, int]


def search_published_passes(
    session: Session, *, wanted: PublicFilter, after: tuple[str, UUID] | None, limit: int, now: datetime
) -> FoundPasses:
    """Valid passes of associations that have published an entry."""
    today = programme_date(now)
    return FoundPasses(
        passes=list_published_passes(session, wanted=wanted, today=today, after=after, limit=limit),
        by_town=count_published_by_town(session, wanted=wanted, today=today),
    )


def search_multipliers(
    session: Session, *, wanted: PublicFilter, after: tuple[str, UUID] | None, limit: int
) -> FoundMultipliers:
    """Multipliers with a valid certificate who have opened an entry."""
    return FoundMultipliers(
        entries=list_multipliers(session, wanted=wanted, after=after, limit=limit),
        by_region=count_multipliers_by_region(session, wanted=wanted),
    )
