"""Status lists and their entries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, defer

from services.certification.domain.status import StatusPurpose
from services.certification.models import StatusEntry, StatusList
from services.certification.queries.locks import AdvisoryLock
from shared.kernel.errors import NotFound


def find_open_list(session: Session, *, purpose: StatusPurpose) -> StatusList | None:
    """The list that takes new entries. Its signed form, which can be long, is left behind."""
    statement = sa.select(StatusList).where(StatusList.purpose == purpose, StatusList.is_open)
    return session.scalars(statement.options(defer(StatusList.document))).one_or_none()


def get_list(session: Session, *, code: str) -> StatusList:
    """The list of a public code. Raises NotFound."""
    statement = sa.select(StatusList).where(StatusList.code == code)
    status_list = session.scalars(statement).one_or_none() if code.isprintable() else None
    if status_list is None:
        raise NotFound(kind="status_list")
    return status_list


def read_list_to_publish(session: Session, *, status_list_id: UUID) -> StatusList:
    """One list as it stands now; nobody else publishes it until this transaction ends, but it may be signed anew."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(AdvisoryLock.PUBLISHING, status_list_id.int & 0x7FFFFFFF)))
    statement = sa.select(StatusList).where(StatusList.id == status_list_id)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def list_due_lists(session: Session, *, signed_before: datetime, now: datetime) -> list[tuple[UUID, StatusPurpose]]:
    """Id and purpose of the lists that were signed before an instant, or in the future of a wrong clock."""
    is_due = (StatusList.signed_at < signed_before) | (StatusList.signed_at > now)
    found = session.execute(sa.select(StatusList.id, StatusList.purpose).where(is_due).order_by(StatusList.id))
    return [(list_id, purpose) for list_id, purpose in found]


def list_lists(session: Session, *, purposes: Collection[StatusPurpose]) -> list[UUID]:
    """The ids of all lists of some purposes, in the order of locking."""
    statement = sa.select(StatusList.id).where(StatusList.purpose.in_(purposes)).order_by(StatusList.id)
    return list(session.scalars(statement))


def lock_list(session: Session, *, status_list_id: UUID) -> StatusList:
    """One list, locked: it is signed by one transaction at a time, and over all that were committed before."""
    statement = sa.select(StatusList).where(StatusList.id == status_list_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def list_all_lists(session: Session) -> list[UUID]:
    """The ids of all lists, in the order of locking."""
    return list(session.scalars(sa.select(StatusList.id).order_by(StatusList.id)))


def list_entries_of_many(
    session: Session, *, subject_ids: Collection[UUID], purpose: StatusPurpose
) -> list[StatusEntry]:
    """The entries that speak for any of these subjects in lists of a purpose, in the order of locking the lists."""
    statement = (
        sa.select(StatusEntry)
        .join(StatusList, StatusList.id == StatusEntry.status_list_id)
        .where(StatusEntry.subject_id.in_(subject_ids), StatusList.purpose == purpose)
        .order_by(StatusEntry.status_list_id, StatusEntry.index)
    )
    return list(session.scalars(statement))


def get_entry(session: Session, *, status_list_id: UUID, index: int) -> StatusEntry:
    """The entry of one index. Raises NotFound."""
    entry = session.get(StatusEntry, (status_list_id, index))
    if entry is None:
        raise NotFound(kind="status_entry")
    return entry


def list_set_values(session: Session, *, status_list_id: UUID) -> dict[int, int]:
    """What a list says of every index that is not simply in force: index -> value."""
    statement = sa.select(StatusEntry.index, StatusEntry.value).where(
        StatusEntry.status_list_id == status_list_id, StatusEntry.value != 0
    )
    return dict(session.execute(statement).all())


def get_list_by_id(session: Session, *, status_list_id: UUID) -> StatusList:
    """The list of an id. Raises NotFound."""
    status_list = session.get(StatusList, status_list_id)
    if status_list is None:
        raise NotFound(kind="status_list")
    return status_list


@dataclass(frozen=True)
class ListStanding:
    """How a list stands: how full it is, and whether it lies where it is served."""

    code: str
    purpose: StatusPurpose
    is_open: bool
    entries: int
    signed_at: datetime
    published_at: datetime | None
    publication_problem: str | None


def list_standings(session: Session) -> list[ListStanding]:
    """Every list with the number of its entries, the newest first."""
    entries = (
        sa.select(sa.func.count()).where(StatusEntry.status_list_id == StatusList.id).correlate(StatusList)
    ).scalar_subquery()
    statement = sa.select(
        StatusList.code,
        StatusList.purpose,
        StatusList.is_open,
        entries.label("entries"),
        StatusList.signed_at,
        StatusList.published_at,
        StatusList.publication_problem,
    ).order_by(StatusList.purpose, StatusList.id.desc())
    return [ListStanding(**row) for row in session.execute(statement).mappings()]
