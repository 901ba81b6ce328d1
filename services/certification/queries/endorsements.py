"""What others say of holders."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.endorsements import EndorsementState
from services.certification.models import Endorsement, MembershipCopy
from shared.kernel.errors import NotFound


def list_endorsements(session: Session, *, certificate_id: UUID) -> list[Endorsement]:
    """Every request about a certificate and its answer, the newest first."""
    return list(
        session.scalars(
            sa.select(Endorsement)
            .where(Endorsement.certificate_id == certificate_id)
            .order_by(Endorsement.asked_at.desc(), Endorsement.id)
        )
    )


def list_shown_endorsements(session: Session, *, certificate_id: UUID) -> list[Endorsement]:
    """What the holder agrees to show, the oldest first."""
    return list(
        session.scalars(
            sa.select(Endorsement)
            .where(Endorsement.certificate_id == certificate_id, Endorsement.is_shown)
            .order_by(Endorsement.given_at, Endorsement.id)
        )
    )


def get_endorsement(session: Session, *, token: str) -> Endorsement:
    """The request of a link. Raises NotFound."""
    statement = sa.select(Endorsement).where(Endorsement.token == token)
    is_possible = token.isascii() and token.isprintable()
    endorsement = session.scalars(statement).one_or_none() if is_possible else None
    if endorsement is None:
        raise NotFound(kind="endorsement")
    return endorsement


def lock_endorsement(session: Session, *, endorsement_id: UUID) -> Endorsement:
    """One request, locked. Raises NotFound."""
    statement = sa.select(Endorsement).where(Endorsement.id == endorsement_id).with_for_update()
    endorsement = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if endorsement is None:
        raise NotFound(kind="endorsement")
    return endorsement


def associations_of(session: Session, *, person_id: UUID) -> frozenset[UUID]:
    """The associations that somebody belongs to."""
    statement = sa.select(MembershipCopy.association_id).where(
        MembershipCopy.person_id == person_id, MembershipCopy.is_current
    )
    return frozenset(session.scalars(statement))


def delete_unanswered(session: Session, *, asked_before: datetime) -> None:
    """Delete requests that nobody has answered."""
    session.execute(
        sa.delete(Endorsement).where(Endorsement.state == EndorsementState.ASKED, Endorsement.asked_at < asked_before)
    )
