"""What holders show: choices, links, evidence."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.models import Evidence, HolderChoice, Share
from shared.kernel.errors import NotFound


def shows_name(session: Session, *, certificate_id: UUID) -> bool:
    """Whether the holder wants the name to stand on the public page of a certificate."""
    choice = session.get(HolderChoice, certificate_id)
    return choice is not None and choice.shows_name


def list_shares(session: Session, *, certificate_id: UUID) -> list[Share]:
    """The links of a certificate, the newest first."""
    return list(
        session.scalars(
            sa.select(Share).where(Share.certificate_id == certificate_id).order_by(Share.created_at.desc(), Share.id)
        )
    )


def count_open_shares(session: Session, *, certificate_id: UUID, now: datetime) -> int:
    """How many links of a certificate still show something."""
    statement = sa.select(sa.func.count()).where(
        Share.certificate_id == certificate_id, Share.revoked_at.is_(None), Share.expires_at > now
    )
    return session.scalars(statement).one()


def find_share(session: Session, *, token: str) -> Share | None:
    """The link of an address."""
    if not (token.isascii() and token.isprintable()):
        return None
    return session.scalars(sa.select(Share).where(Share.token == token)).one_or_none()


def lock_share(session: Session, *, share_id: UUID, certificate_id: UUID) -> Share:
    """One link of a certificate, locked. Raises NotFound."""
    statement = sa.select(Share).where(Share.id == share_id, Share.certificate_id == certificate_id)
    share = session.scalars(statement.with_for_update()).one_or_none()
    if share is None:
        raise NotFound(kind="share")
    return share


def list_evidence(session: Session, *, certificate_id: UUID) -> list[Evidence]:
    """What the holder has added to a certificate, the oldest first."""
    return list(
        session.scalars(
            sa.select(Evidence)
            .where(Evidence.certificate_id == certificate_id)
            .order_by(Evidence.created_at, Evidence.id)
        )
    )


def delete_evidence(session: Session, *, evidence_id: UUID, certificate_id: UUID) -> None:
    """Take one thing out; nothing where it is gone already."""
    session.execute(sa.delete(Evidence).where(Evidence.id == evidence_id, Evidence.certificate_id == certificate_id))


def delete_old_shares(session: Session, *, before: datetime) -> None:
    """Delete the links that were over before an instant."""
    session.execute(sa.delete(Share).where(sa.func.least(Share.expires_at, Share.revoked_at) < before))
