"""The holder's side: offering a certificate to a wallet, seeing what became of it, taking copies back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.certificates import CertificateState
from services.certification.domain.errors import CertificateNotInForce, NameNotDivided
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.status import REVOKED_VALUE
from services.certification.domain.wallet import (
    OFFER_KEPT_FOR,
    OFFER_LIFETIME,
    OFFER_TRANSITIONS,
    CopyOutcome,
    OfferSecrets,
    OfferState,
    is_division,
    offer_secrets,
)
from services.certification.models import Certificate, WalletCopy, WalletOffer
from services.certification.operations.status import set_entry
from services.certification.queries.certificates import get_certificate
from services.certification.queries.wallet import (
    delete_old_nonces,
    delete_old_offers,
    get_offer,
    list_copies,
    lock_copies_of_offer,
    lock_open_offer,
)
from shared.db import audit
from shared.db.limits import count_attempt
from shared.kernel.actor import Actor
from shared.kernel.ids import fingerprint, new_id
from shared.kernel.permissions import Facts, require_or_hide

#: Offers of one person: enough for somebody who tries three apps, too few to fill a table.
_OFFERS, _OFFERS_WINDOW = 20, timedelta(hours=1)


@dataclass(frozen=True)
class OfferView:
    """An offer as its page shows it. Whether it is over follows from `expires_at` and the clock."""

    id: UUID
    state: OfferState
    needs_pin: bool
    expires_at: datetime
    secrets: OfferSecrets
    #: What the code on the screen bears, and the link for the same phone.
    link: str

    def is_waiting(self, now: datetime) -> bool:
        """Whether a wallet can still redeem it."""
        return self.state is OfferState.OPEN and now < self.expires_at


@dataclass(frozen=True)
class WalletVisit:
    """Copies that one visit of a wallet has led to."""

    offer_id: UUID
    issued_at: datetime
    copies: int
    outcome: CopyOutcome | None
    is_withdrawn: bool


def read_own_certificate(session: Session, *, actor: Actor, number: str) -> Certificate:
    """The certificate, for its holder alone; for everybody else it is not found."""
    certificate = get_certificate(session, number=number)
    require_or_hide(
        PERMISSIONS, actor, Permission.WALLET_OFFER, Facts(person_id=certificate.person_id), kind="certificate"
    )
    return certificate


def count_offer(session: Session, *, actor: Actor, now: datetime) -> None:
    """Count one offer of a person, in a transaction of its own: a refused one counts too. Raises TooManyAttempts."""
    count_attempt(session, key=f"wallet-offer:{actor.person_id}", limit=_OFFERS, window=_OFFERS_WINDOW, now=now)


def offer_certificate(
    session: Session,
    *,
    actor: Actor,
    number: str,
    given_name: str,
    family_name: str,
    needs_pin: bool,
    key: str,
    now: datetime,
) -> UUID:
    """Offer a certificate to whichever wallet comes first; an offer that is still open is closed.

    Raises CertificateNotInForce, and NameNotDivided where the two parts are not the name on the certificate.
    """
    certificate = read_own_certificate(session, actor=actor, number=number)
    if certificate.state is not CertificateState.ISSUED:
        raise CertificateNotInForce
    if not is_division(certificate.full_name, given=given_name, family=family_name):
        raise NameNotDivided
    _close_open_offer(session, certificate_id=certificate.id)
    offer_id = new_id()
    secrets = offer_secrets(offer_id, key=key)
    session.add(
        WalletOffer(
            id=offer_id,
            certificate_id=certificate.id,
            state=OfferState.OPEN,
            given_name=" ".join(given_name.split()),
            family_name=" ".join(family_name.split()),
            needs_pin=needs_pin,
            wrong_pins=0,
            reference_fingerprint=fingerprint(secrets.reference),
            code_fingerprint=fingerprint(secrets.code),
            created_at=now,
            expires_at=now + OFFER_LIFETIME,
            uses_identifier=False,
        )
    )
    return offer_id


def renew_offer(session: Session, *, actor: Actor, number: str, offer_id: UUID, key: str, now: datetime) -> UUID:
    """A new offer with the answers of an earlier one."""
    certificate = read_own_certificate(session, actor=actor, number=number)
    earlier = get_offer(session, offer_id=offer_id, certificate_id=certificate.id)
    return offer_certificate(
        session,
        actor=actor,
        number=number,
        given_name=earlier.given_name,
        family_name=earlier.family_name,
        needs_pin=earlier.needs_pin,
        key=key,
        now=now,
    )


def read_offer(
    session: Session, *, actor: Actor, number: str, offer_id: UUID, seal: Seal, key: str
) -> tuple[Certificate, OfferView]:
    """An offer with its secrets, for the holder."""
    certificate = read_own_certificate(session, actor=actor, number=number)
    offer = get_offer(session, offer_id=offer_id, certificate_id=certificate.id)
    secrets = offer_secrets(offer.id, key=key)
    address = quote(seal.wallet_offer_url(secrets.reference), safe="")
    return certificate, OfferView(
        id=offer.id,
        state=offer.state,
        needs_pin=offer.needs_pin,
        expires_at=offer.expires_at,
        secrets=secrets,
        link=f"openid-credential-offer://?credential_offer_uri={address}",
    )


def list_visits(session: Session, *, certificate: Certificate) -> list[WalletVisit]:
    """When the certificate was put into wallets, the newest first. Which wallets is not known."""
    visits: dict[UUID, list[WalletCopy]] = {}
    for copy in list_copies(session, certificate_id=certificate.id):
        visits.setdefault(copy.offer_id, []).append(copy)
    return [_visit(offer_id, copies) for offer_id, copies in visits.items()]


def withdraw_copies(session: Session, *, actor: Actor, number: str, offer_id: UUID, seal: Seal, now: datetime) -> None:
    """The holder no longer has the phone: the copies that went there stop counting, the certificate does not."""
    certificate = read_own_certificate(session, actor=actor, number=number)
    copies = lock_copies_of_offer(session, offer_id=offer_id, certificate_id=certificate.id)
    end_copies(session, copies=copies, seal=seal, now=now)
    if copies:
        audit.record(
            session,
            actor=actor,
            action=Permission.WALLET_OFFER,
            subject="certificate",
            subject_id=certificate.id,
            now=now,
            after={"wallet_copies_withdrawn": len(copies)},
        )


def end_copies(session: Session, *, copies: Sequence[WalletCopy], seal: Seal, now: datetime) -> None:
    """Mark copies as withdrawn, here and in their status lists."""
    for copy in copies:
        if copy.withdrawn_at is None:
            copy.withdrawn_at = now
            set_entry(
                session,
                status_list_id=copy.status_list_id,
                index=copy.status_index,
                value=REVOKED_VALUE,
                seal=seal,
                now=now,
            )


def sweep_wallet(session: Session, *, now: datetime) -> None:
    """Delete what wallets no longer need: offers that are over, challenges that were used."""
    delete_old_offers(session, before=now - OFFER_KEPT_FOR)
    delete_old_nonces(session, now=now)


def _close_open_offer(session: Session, *, certificate_id: UUID) -> None:
    earlier = lock_open_offer(session, certificate_id=certificate_id)
    if earlier is not None:
        earlier.state = OFFER_TRANSITIONS.check(earlier.state, OfferState.CLOSED)
        session.flush()  # Only one offer may be open, and the next one is about to be.


def _visit(offer_id: UUID, copies: Sequence[WalletCopy]) -> WalletVisit:
    return WalletVisit(
        offer_id=offer_id,
        issued_at=copies[0].issued_at,
        copies=len(copies),
        outcome=copies[0].outcome,
        is_withdrawn=all(copy.withdrawn_at is not None for copy in copies),
    )
