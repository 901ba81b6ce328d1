"""Offers to wallets, used challenges, and copies in wallets."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.wallet import OfferState
from services.certification.models import WalletCopy, WalletNonce, WalletOffer
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint


def get_offer(session: Session, *, offer_id: UUID, certificate_id: UUID) -> WalletOffer:
    """One offer of a certificate. Raises NotFound, also where it is over for long."""
    offer = session.get(WalletOffer, offer_id)
    if offer is None or offer.certificate_id != certificate_id:
        raise NotFound(kind="wallet_offer")
    return offer


def find_offer_of_reference(session: Session, *, reference: str) -> WalletOffer | None:
    """The offer behind the address that a code bears."""
    statement = sa.select(WalletOffer).where(WalletOffer.reference_fingerprint == _mark(reference))
    return session.scalars(statement).one_or_none()


def lock_offer_of_code(session: Session, *, code: str) -> WalletOffer | None:
    """The offer of a pre-authorized code, locked: of two wallets the second sees what the first has done."""
    statement = sa.select(WalletOffer).where(WalletOffer.code_fingerprint == _mark(code)).with_for_update()
    return session.scalars(statement).one_or_none()


def lock_offer_of_token(session: Session, *, token: str) -> WalletOffer | None:
    """The offer that an access token was handed out for, locked."""
    statement = sa.select(WalletOffer).where(WalletOffer.token_fingerprint == _mark(token)).with_for_update()
    return session.scalars(statement).one_or_none()


def lock_open_offer(session: Session, *, certificate_id: UUID) -> WalletOffer | None:
    """The offer of a certificate that is still open, locked."""
    statement = sa.select(WalletOffer).where(
        WalletOffer.certificate_id == certificate_id, WalletOffer.state == OfferState.OPEN
    )
    return session.scalars(statement.with_for_update()).one_or_none()


def count_copies_of_offer(session: Session, *, offer_id: UUID) -> int:
    """How many copies an offer has led to."""
    statement = sa.select(sa.func.count()).select_from(WalletCopy).where(WalletCopy.offer_id == offer_id)
    return session.scalars(statement).one()


def list_copies(session: Session, *, certificate_id: UUID) -> list[WalletCopy]:
    """The copies of a certificate, the newest first."""
    return list(
        session.scalars(
            sa.select(WalletCopy)
            .where(WalletCopy.certificate_id == certificate_id)
            .order_by(WalletCopy.issued_at.desc(), WalletCopy.status_list_id, WalletCopy.status_index)
        )
    )


def lock_copies_of_notification(session: Session, *, notification_id: str, offer_id: UUID) -> list[WalletCopy]:
    """The copies of one answer to a wallet, locked."""
    statement = sa.select(WalletCopy).where(
        WalletCopy.notification_fingerprint == _mark(notification_id), WalletCopy.offer_id == offer_id
    )
    return list(session.scalars(statement.order_by(WalletCopy.status_index).with_for_update()))


def lock_copies_of_offer(session: Session, *, offer_id: UUID, certificate_id: UUID) -> list[WalletCopy]:
    """The copies that one offer of a certificate has led to, locked."""
    statement = sa.select(WalletCopy).where(
        WalletCopy.offer_id == offer_id, WalletCopy.certificate_id == certificate_id
    )
    return list(session.scalars(statement.order_by(WalletCopy.status_index).with_for_update()))


def delete_old_offers(session: Session, *, before: datetime) -> None:
    """Delete offers that were over, with their token, before an instant."""
    is_over = sa.func.greatest(WalletOffer.expires_at, WalletOffer.token_expires_at) < before
    session.execute(sa.delete(WalletOffer).where(is_over))


def delete_old_nonces(session: Session, *, now: datetime) -> None:
    """Forget used challenges that are too old to be used anyway."""
    session.execute(sa.delete(WalletNonce).where(WalletNonce.expires_at < now))


def _mark(secret: str) -> str:
    """The fingerprint of what a stranger sent; half a letter pair, which has no bytes, is nobody's secret."""
    return fingerprint(secret.encode("utf-8", "replace").decode())
