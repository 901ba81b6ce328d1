"""Certificates as they are handed over: of a course, of a region, of a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.documents import DocumentState
from services.certification.models import Certificate, Document, RunCopy


@dataclass(frozen=True)
class HandedOver:
    """One line of the list. Associations are left out: they may reveal origin or religion (GDPR, article 9)."""

    certificate_id: UUID
    number: str
    full_name: str
    language: str
    level_title: str
    run_title: str
    town: str
    issued_on: date


def list_handed_over(
    session: Session,
    *,
    run_id: UUID | None,
    region_code: str,
    since: date | None,
    until: date | None,
    limit: int,
) -> list[HandedOver]:
    """Valid certificates by level and name."""
    columns = (
        *(Certificate.id, Certificate.number, Certificate.full_name, Certificate.language),
        *(Certificate.level_title, Certificate.run_title, Certificate.town, Certificate.issued_on),
    )
    statement = sa.select(*columns).where(Certificate.state == CertificateState.ISSUED, Certificate.erased_at.is_(None))
    if run_id is not None:
        statement = statement.where(Certificate.run_id == run_id)
    if region_code:
        runs = sa.select(RunCopy.run_id).where(RunCopy.region_code == region_code)
        statement = statement.where(Certificate.run_id.in_(runs))
    if since is not None:
        statement = statement.where(Certificate.issued_on >= since)
    if until is not None:
        statement = statement.where(Certificate.issued_on <= until)
    ordered = statement.order_by(Certificate.level_title, Certificate.full_name, Certificate.id).limit(limit)
    return [HandedOver(*row) for row in session.execute(ordered)]


def list_runs_of_carriers(session: Session, *, carrier_ids: Collection[UUID]) -> list[RunCopy]:
    """The course runs of these carriers, the newest first."""
    statement = sa.select(RunCopy).where(RunCopy.carrier_id.in_(carrier_ids))
    return list(session.scalars(statement.order_by(RunCopy.ends_on.desc(), RunCopy.run_id)))


def list_regions(session: Session) -> list[str]:
    """The codes of regions with courses."""
    statement = sa.select(RunCopy.region_code).where(RunCopy.region_code.is_not(None)).distinct()
    return sorted(code for code in session.scalars(statement) if code)


def stored_files(session: Session, *, certificate_ids: Collection[UUID]) -> dict[UUID, str]:
    """The key of one stored PDF of each of these certificates, in the language that was made first."""
    statement = (
        sa.select(Document.subject_id, Document.key)
        .where(Document.subject_id.in_(certificate_ids), Document.state == DocumentState.STORED)
        .order_by(Document.wanted_at.desc())
    )
    return {row.subject_id: row.key for row in session.execute(statement) if row.key}
