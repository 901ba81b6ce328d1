"""Copies of what certification has told."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.enrollment.models.base import Base


class CertificateCopy(Base):
    """A certificate of a person, as enrollment knows it. The original lives in certification.

    Personal data: who holds which certificate. Kept as long as the certificate: later levels depend on it.
    """

    __tablename__ = "certificate_copy"

    certificate_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    level_code: Mapped[str]
    #: None where the revocation arrived before the certificate itself.
    issued_on: Mapped[date | None]
    verification_url: Mapped[str | None]
    revoked_on: Mapped[date | None]


class PassCopy(Base):
    """The MEMO-Pass of an association, as enrollment knows it. No personal data."""

    __tablename__ = "pass_copy"

    pass_id: Mapped[UUID] = mapped_column(primary_key=True)
    association_id: Mapped[UUID] = mapped_column(ForeignKey("association.id"), unique=True)
    number: Mapped[str]
    state: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date]
