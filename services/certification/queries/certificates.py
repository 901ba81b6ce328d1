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
    """The certificate that a place led to, valid or revoked, locked; those that it has superseded are left out."""
    return lock_certificates_of_places(session, place_ids=[place_id]).get(place_id)


def lock_certificates_of_places(session: Session, *, place_ids: Collection[UUID]) -> dict[UUID, Certificate]:
    """The certificates that these places led to, valid or revoked, locked, by place."""
    statement = (
        sa.select(Certificate)
        .where(Certificate.place_id.in_(place_ids), Certificate.state != CertificateState.SUPERSEDED)
        .order_by(Certificate.id)
        .with_for_update()
    )
    return {certificate.place_id: certificate for certificate in session.scalars(statement)}


def lock_certificates(session: Session, *, certificate_ids: Collection[UUID]) -> list[Certificate]:
    """These certificates, locked in one order; what is unknown is left out."""
    statement = (
        sa.select(Certificate).where(Certificate.id.in_(certificate_ids)).order_by(Certificate.id).with_for_update()
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def find_replacement(session: Session, *, certificate_id: UUID) -> Certificate | None:
    """The certificate that has taken the place of this one."""
    return session.scalars(sa.select(Certificate).where(Certificate.replaces_id == certificate_id)).one_or_none()


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
