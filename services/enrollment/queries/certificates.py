"""Reading the copies of certificates and passes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.models.associations import Membership
from services.enrollment.models.certificates import CertificateCopy, PassCopy

#: The state of a pass that counts, as certification names it.
_AWARDED = "awarded"


def list_certificates(session: Session, *, person_id: UUID) -> Sequence[CertificateCopy]:
    """The person's certificates, the latest first, those revoked included."""
    statement = sa.select(CertificateCopy).where(CertificateCopy.person_id == person_id)
    return session.scalars(statement.order_by(CertificateCopy.issued_on.desc().nulls_last())).all()


def list_certified_codes(session: Session, *, person_id: UUID) -> frozenset[str]:
    """The codes of the levels of which the person holds a certificate that counts."""
    statement = sa.select(CertificateCopy.level_code).where(
        CertificateCopy.person_id == person_id, CertificateCopy.revoked_on.is_(None)
    )
    return frozenset(session.scalars(statement))


def find_certificate(session: Session, certificate_id: UUID) -> CertificateCopy | None:
    """The copy of the certificate, if any fact about it has arrived."""
    return session.get(CertificateCopy, certificate_id)


def find_pass(session: Session, *, association_id: UUID) -> PassCopy | None:
    """The association's pass, if it has or had one."""
    return session.scalar(sa.select(PassCopy).where(PassCopy.association_id == association_id))


def pass_is_valid(copy: PassCopy | None, *, today: date) -> bool:
    """Whether there is a pass and it counts on that day."""
    return copy is not None and copy.state == _AWARDED and copy.valid_from <= today <= copy.valid_until


def list_board_ids(session: Session, *, association_id: UUID) -> Sequence[UUID]:
    """The people on the association's board now."""
    statement = sa.select(Membership.person_id).where(
        Membership.association_id == association_id, Membership.is_board, Membership.left_on.is_(None)
    )
    return session.scalars(statement.order_by(Membership.person_id)).all()
