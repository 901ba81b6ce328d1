"""Taking a person out of everything that can be deleted or emptied; what must stay is named by the operation."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.models import (
    Certificate,
    Endorsement,
    Evidence,
    HolderChoice,
    MultiplierEntry,
    ReissueRequest,
    ReleaseRequest,
    Share,
    WalletOffer,
)

#: What belongs to a certificate and bears what its holder or others wrote about the holder.
_TABLES_OF_A_CERTIFICATE = (Endorsement, Evidence, HolderChoice, Share, WalletOffer)


def lock_all_certificates_of(session: Session, *, person_id: UUID) -> list[Certificate]:
    """Every certificate of a person, in whatever state, locked."""
    statement = sa.select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id)
    return list(session.scalars(statement.with_for_update()))


def count_what_belongs_to(session: Session, *, certificate_ids: Collection[UUID]) -> int:
    """How many links, choices, pieces of evidence, endorsements and offers to wallets there are."""
    counts = (
        session.scalar(sa.select(sa.func.count()).select_from(table).where(table.certificate_id.in_(certificate_ids)))
        for table in _TABLES_OF_A_CERTIFICATE
    )
    return sum(count or 0 for count in counts)


def delete_what_belongs_to(session: Session, *, certificate_ids: Collection[UUID]) -> None:
    """Links, choices, evidence, endorsements, offers to wallets."""
    for table in _TABLES_OF_A_CERTIFICATE:
        session.execute(sa.delete(table).where(table.certificate_id.in_(certificate_ids)))


def empty_letters_of(session: Session, *, person_id: UUID) -> None:
    """What was written to and fro stays as a step with its date, and loses its words; the public entry goes.

    So does what the person has said of others.
    """
    session.execute(sa.delete(Endorsement).where(Endorsement.endorser_id == person_id))
    session.execute(
        sa.update(ReissueRequest)
        .where(ReissueRequest.person_id == person_id)
        .values(text="", answer=sa.case((ReissueRequest.answer.is_not(None), "")))
    )
    session.execute(
        sa.update(ReleaseRequest)
        .where(ReleaseRequest.person_id == person_id, ReleaseRequest.refusal_note.is_not(None))
        .values(refusal_note="")
    )
    session.execute(sa.delete(MultiplierEntry).where(MultiplierEntry.person_id == person_id))
