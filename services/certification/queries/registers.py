"""The public registers: what associations and multipliers have published, as far as it may be shown now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.passes import IN_FORCE
from services.certification.domain.registers import MULTIPLIER_LEVEL
from services.certification.models import (
    AssociationCopy,
    AssociationEntry,
    AssociationPass,
    Certificate,
    MultiplierEntry,
    PersonCopy,
)
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class PublicFilter:
    """What a visitor looks for; empty texts ask for nothing."""

    words: str = ""
    region_code: str = ""
    language: str = ""
    topic: str = ""


@dataclass(frozen=True)
class PublishedPass:
    """One line of the public register of passes."""

    association_id: UUID
    name: str
    town: str
    region_code: str
    number: str
    valid_until: date
    website: str | None
    email: str | None
    phone: str | None
    languages: list[str]
    topics: list[str]


def find_association_entry(session: Session, *, association_id: UUID) -> AssociationEntry | None:
    """The entry of an association, shown or not."""
    return session.get(AssociationEntry, association_id)


def keep_association_entry(session: Session, *, values: dict[str, object]) -> None:
    """Write an entry; the consent of the first time stays where it is there already."""
    kept = {name: value for name, value in values.items() if name not in ("association_id", "consented_at")}
    statement = insert(AssociationEntry).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=["association_id"], set_=kept))


def delete_association_entry(session: Session, *, association_id: UUID) -> None:
    """Take an entry out; nothing where there is none."""
    session.execute(sa.delete(AssociationEntry).where(AssociationEntry.association_id == association_id))


def list_published_passes(
    session: Session, *, wanted: PublicFilter, today: date, after: tuple[str, UUID] | None = None, limit: int
) -> list[PublishedPass]:
    """Passes in force whose association has published an entry, by name; after the last one of a page."""
    name = sa.func.lower(AssociationCopy.name)
    statement = _published(wanted, today).order_by(name, AssociationCopy.association_id).limit(limit)
    if after is not None:
        statement = statement.where(sa.tuple_(name, AssociationCopy.association_id) > _sort_key(after))
    return [PublishedPass(**row._mapping) for row in session.execute(statement)]


def _sort_key(after: tuple[str, UUID]) -> sa.Tuple:
    """Where a page begins. The name is made small by PostgreSQL, as in the order: Python does it otherwise (İ)."""
    return sa.tuple_(sa.func.lower(after[0]), sa.literal(after[1]))


def count_published_by_town(session: Session, *, wanted: PublicFilter, today: date) -> list[tuple[str, str, int]]:
    """How many published passes there are in each town: region code, town, number."""
    found = _published(wanted, today).subquery()
    statement = (
        sa.select(found.c.region_code, found.c.town, sa.func.count())
        .group_by(found.c.region_code, found.c.town)
        .order_by(found.c.town)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(statement)]


def _published(wanted: PublicFilter, today: date) -> sa.Select[*tuple[Any, ...]]:
    statement = (
        sa.select(
            AssociationCopy.association_id,
            AssociationCopy.name,
            AssociationCopy.town,
            AssociationCopy.region_code,
            AssociationPass.number,
            AssociationPass.valid_until,
            AssociationEntry.website,
            AssociationEntry.email,
            AssociationEntry.phone,
            AssociationEntry.languages,
            AssociationEntry.topics,
        )
        .join(AssociationPass, AssociationPass.association_id == AssociationCopy.association_id)
        .join(AssociationEntry, AssociationEntry.association_id == AssociationCopy.association_id)
        .where(
            AssociationCopy.is_active,
            AssociationPass.state.in_(IN_FORCE),
            AssociationPass.valid_until >= today,
        )
    )
    if wanted.words:
        statement = statement.where(
            sa.or_(
                AssociationCopy.name.icontains(wanted.words, autoescape=True),
                AssociationCopy.town.icontains(wanted.words, autoescape=True),
            )
        )
    if wanted.region_code:
        statement = statement.where(AssociationCopy.region_code == wanted.region_code)
    if wanted.language:
        statement = statement.where(AssociationEntry.languages.contains([wanted.language]))
    if wanted.topic:
        statement = statement.where(AssociationEntry.topics.contains([wanted.topic]))
    return statement


def find_multiplier_entry(session: Session, *, person_id: UUID) -> MultiplierEntry | None:
    """A person's own entry, shown or not."""
    return session.get(MultiplierEntry, person_id)


def get_shown_multiplier(session: Session, *, public_id: UUID) -> MultiplierEntry:
    """The entry behind a public address, while it may be shown. Raises NotFound."""
    statement = sa.select(MultiplierEntry).where(MultiplierEntry.public_id == public_id, _is_shown())
    entry = session.scalars(statement).one_or_none()
    if entry is None:
        raise NotFound(kind="multiplier")
    return entry


def keep_multiplier_entry(session: Session, *, values: dict[str, object]) -> None:
    """Write an entry; its public id and the consent of the first time stay where they are there already."""
    first = ("person_id", "public_id", "consented_at")
    kept = {name: value for name, value in values.items() if name not in first}
    statement = insert(MultiplierEntry).values(values)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=kept))


def delete_multiplier_entry(session: Session, *, person_id: UUID) -> None:
    """Take an entry out; nothing where there is none."""
    session.execute(sa.delete(MultiplierEntry).where(MultiplierEntry.person_id == person_id))


def delete_hidden_multipliers(session: Session) -> int:
    """Delete the entries of people without a valid certificate or an open account; how many."""
    hidden = sa.select(MultiplierEntry.person_id).where(sa.not_(_is_shown()))
    gone = session.scalars(
        sa.delete(MultiplierEntry).where(MultiplierEntry.person_id.in_(hidden)).returning(MultiplierEntry.person_id)
    )
    return len(gone.all())


def list_multipliers(
    session: Session, *, wanted: PublicFilter, after: tuple[str, UUID] | None = None, limit: int
) -> Sequence[MultiplierEntry]:
    """Multipliers whose entry may be shown, by name; after the last one of a page."""
    name = sa.func.lower(MultiplierEntry.display_name)
    statement = sa.select(MultiplierEntry).where(_is_shown(), *_asked_of_multipliers(wanted))
    if after is not None:
        statement = statement.where(sa.tuple_(name, MultiplierEntry.public_id) > _sort_key(after))
    return session.scalars(statement.order_by(name, MultiplierEntry.public_id).limit(limit)).all()


def count_multipliers_by_region(session: Session, *, wanted: PublicFilter) -> dict[str, int]:
    """How many multipliers advise in each region; one who advises in two counts in both."""
    regions = (
        sa.func.jsonb_array_elements_text(MultiplierEntry.region_codes)
        .table_valued("code", name="region")
        .render_derived()
    )
    statement = (
        sa.select(regions.c.code, sa.func.count())
        .select_from(MultiplierEntry)
        .join(regions, sa.true())
        .where(_is_shown(), *_asked_of_multipliers(wanted))
        .group_by(regions.c.code)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _asked_of_multipliers(wanted: PublicFilter) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = []
    if wanted.words:
        conditions.append(
            sa.or_(
                MultiplierEntry.display_name.icontains(wanted.words, autoescape=True),
                MultiplierEntry.town.icontains(wanted.words, autoescape=True),
                MultiplierEntry.about.icontains(wanted.words, autoescape=True),
            )
        )
    if wanted.region_code:
        conditions.append(MultiplierEntry.region_codes.contains([wanted.region_code]))
    if wanted.language:
        conditions.append(MultiplierEntry.languages.contains([wanted.language]))
    if wanted.topic:
        conditions.append(MultiplierEntry.topics.contains([wanted.topic]))
    return conditions


def holds_multiplier_certificate(session: Session, *, person_id: UUID) -> bool:
    """Whether a person holds a valid certificate of the multipliers' level, and an open account."""
    statement = sa.select(sa.exists().where(*_counts(sa.literal(person_id))))
    return bool(session.scalar(statement))


def _is_shown() -> sa.ColumnElement[bool]:
    return sa.exists().where(*_counts(MultiplierEntry.person_id)).correlate(MultiplierEntry)


def _counts(person_id: sa.ColumnElement[UUID] | sa.orm.InstrumentedAttribute[UUID]) -> list[sa.ColumnElement[bool]]:
    return [
        PersonCopy.person_id == person_id,
        PersonCopy.is_active.is_(True),
        Certificate.person_id == PersonCopy.person_id,
        Certificate.level_code == MULTIPLIER_LEVEL,
        Certificate.state == CertificateState.ISSUED,
    ]
