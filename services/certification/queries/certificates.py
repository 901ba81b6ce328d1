"""Certificates by number, by holder, by what the office looks for."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.numbers import read_number
from services.certification.models import Certificate
from services.certification.queries.cursors import Cursor
from shared.kernel.errors import NotFound


def find_certificate(session: Session, *, number: str) -> Certificate | None:
    """The certificate of a number, however it was typed."""
    return session.scalars(sa.select(Certificate).where(Certificate.number == read_number(number))).one_or_none()


def get_certificate(session: Session, *, number: str) -> Certificate:
    """The certificate of a number. Raises NotFound."""
    certificate = find_certificate(session, number=number)
    if certificate is None:
        raise NotFound(kind="certificate")
    return certificate


def get_certificate_by_id(session: Session, *, certificate_id: UUID) -> Certificate:
    """The certificate of an id. Raises NotFound."""
    certificate = session.get(Certificate, certificate_id)
    if certificate is None:
        raise NotFound(kind="certificate")
    return certificate


def lock_certificate(session: Session, *, number: str) -> Certificate:
    """The certificate of a number, locked. Raises NotFound."""
    certificate = session.scalars(
        sa.select(Certificate).where(Certificate.number == read_number(number)).with_for_update()
    ).one_or_none()
    if certificate is None:
        raise NotFound(kind="certificate")
    return certificate


def find_certificate_of_place(session: Session, *, place_id: UUID) -> Certificate | None:
    """The certificate that a place led to, in whatever state, locked."""
    return session.scalars(
        sa.select(Certificate).where(Certificate.place_id == place_id).with_for_update()
    ).one_or_none()


def find_issued_certificate(session: Session, *, person_id: UUID, level_code: str) -> Certificate | None:
    """The valid certificate of a person for a level."""
    return session.scalars(
        sa.select(Certificate).where(
            Certificate.person_id == person_id,
            Certificate.level_code == level_code,
            Certificate.state == CertificateState.ISSUED,
        )
    ).one_or_none()


def list_certificates_of(session: Session, *, person_id: UUID) -> list[Certificate]:
    """A person's certificates, the newest first."""
    return list(
        session.scalars(
            sa.select(Certificate)
            .where(Certificate.person_id == person_id)
            .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
        )
    )


def list_certificates(
    session: Session,
    *,
    search: str = "",
    state: CertificateState | None = None,
    level_code: str = "",
    after: Cursor | None = None,
    limit: int,
) -> list[Certificate]:
    """Certificates, the newest first, found by a whole number or by part of a name."""
    statement = sa.select(Certificate).order_by(Certificate.issued_at.desc(), Certificate.id.desc()).limit(limit)
    if number := read_number(search):
        statement = statement.where(Certificate.number == number)
    elif search:
        statement = statement.where(Certificate.full_name.icontains(search, autoescape=True))
    if state is not None:
        statement = statement.where(Certificate.state == state)
    if level_code:
        statement = statement.where(Certificate.level_code == level_code)
    if after is not None:
        statement = statement.where(sa.tuple_(Certificate.issued_at, Certificate.id) < after)
    return list(session.scalars(statement))


def list_reviews(session: Session) -> list[Certificate]:
    """Certificates that the office should look at, the longest waiting first."""
    return list(
        session.scalars(
            sa.select(Certificate)
            .where(Certificate.review_opened_at.is_not(None))
            .order_by(Certificate.review_opened_at, Certificate.id)
        )
    )


def valid_levels_of(session: Session, *, person_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """The codes of the levels that each of these people holds a valid certificate of; empty where none."""
    statement = sa.select(Certificate.person_id, Certificate.level_code).where(
        Certificate.person_id.in_(person_ids), Certificate.state == CertificateState.ISSUED
    )
    levels: dict[UUID, set[str]] = {person_id: set() for person_id in person_ids}
    for row in session.execute(statement):
        levels[row.person_id].add(row.level_code)
    return {person_id: frozenset(codes) for person_id, codes in levels.items()}
