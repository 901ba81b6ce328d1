"""What the office and the granting authority want to know of all passes together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from services.certification.domain.pass_statistics import in_force_on, month_ends
from services.certification.domain.passes import PassState
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.queries.pass_statistics import (
    PassRow,
    count_passes,
    list_changes_in_order,
    read_all_passes,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import programme_date
from shared.kernel.permissions import Facts, require

_MONTHS = 12


@dataclass(frozen=True)
class PassStatistics:
    """How many passes there are by region and state today, and how many were in force at the end of each month."""

    by_region: dict[str, dict[PassState, int]]
    in_force: list[tuple[date, int]]


def read_statistics(session: Session, *, actor: Actor, now: datetime) -> PassStatistics:
    """The figures of today and of the last twelve months."""
    require(PERMISSIONS, actor, Permission.PASS_LIST, Facts())
    by_region: dict[str, dict[PassState, int]] = {}
    for region_code, state, count in count_passes(session):
        by_region.setdefault(region_code, {})[state] = count
    days = month_ends(programme_date(now), months=_MONTHS)
    changes = [(change.pass_id, change.changed_on, change.state) for change in list_changes_in_order(session)]
    return PassStatistics(by_region=by_region, in_force=list(zip(days, in_force_on(changes, days), strict=True)))


def export_passes(session: Session, *, actor: Actor) -> Iterator[PassRow]:
    """All passes, row by row; the permission is checked before the first."""
    require(PERMISSIONS, actor, Permission.PASS_LIST, Facts())
    return read_all_passes(session)
