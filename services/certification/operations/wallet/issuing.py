"""The wallet's side with its token: credentials bound to its keys, and what it tells of them."""

import json
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wallet.proofs import holder_keys
from services.certification.adapters.wallet.sealing import seal_copy
from services.certification.adapters.wallet.words import grade
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.certificates import CertificateState
from services.certification.domain.errors import WalletRefused
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.status import StatusPurpose
from services.certification.domain.wallet import (
    COPIES_OF_AN_OFFER,
    CREDENTIAL_IDENTIFIER,
    OFFER_TRANSITIONS,
    CopyOutcome,
    OfferState,
    WalletError,
    configuration_id,
    nonce_ends_at,
)
from services.certification.domain.wallet_credential import WalletCredential, eqf_level
from services.certification.models import Certificate, WalletCopy, WalletNonce, WalletOffer
from services.certification.operations.keys import present_key
from services.certification.operations.status import allocate_entry
from services.certification.operations.wallet.offers import end_copies
from services.certification.queries.certificates import get_certificate_by_id
from services.certification.queries.wallet import (
    count_copies_of_offer,
    lock_copies_of_notification,
    lock_offer_of_token,
)
from shared.kernel.ids import fingerprint, new_secret

#: Where the programme is carried out; what the European learning credential calls the issuing country.
_COUNTRY = "DE"


def issue_copies(
    session: Session, *, token: str, request: dict[str, Any], seal: Seal, key: str, now: datetime
) -> dict[str, Any]:
    """The credential response: one copy for each key that the request proves (section 8.3). Raises WalletRefused."""
    offer = _authorised_offer(session, token=token, now=now)
    certificate = get_certificate_by_id(session, certificate_id=offer.certificate_id)
    _check_what_is_asked(request, offer=offer, certificate=certificate)
    if certificate.state is not CertificateState.ISSUED:
        raise WalletRefused(error=WalletError.CREDENTIAL_REQUEST_DENIED, reason="the certificate no longer counts")
    keys = holder_keys(
        request,
        issuer=seal.base_url,
        consume_nonce=lambda nonce: _consume_nonce(session, nonce=nonce, key=key, now=now),
        now=now,
    )
    if count_copies_of_offer(session, offer_id=offer.id) + len(keys) > COPIES_OF_AN_OFFER:
        raise WalletRefused(error=WalletError.CREDENTIAL_REQUEST_DENIED, reason="this offer has led to enough copies")
    offer.state = OFFER_TRANSITIONS.check(offer.state, OfferState.ISSUED)
    notification_id = new_secret()
    signing_key = present_key(session, purpose=KeyPurpose.WALLET, seal=seal, now=now)
    copies = []
    for holder_key in keys:
        credential = _make_copy(
            session, offer, certificate, notification=fingerprint(notification_id), seal=seal, now=now
        )
        copies.append({"credential": seal_copy(credential, key=signing_key, holder_key=holder_key)})
    return {"credentials": copies, "notification_id": notification_id}


def note_outcome(session: Session, *, token: str, notice: dict[str, Any], seal: Seal, now: datetime) -> None:
    """What a wallet tells of its copies; those that it does not have stop counting. Raises WalletRefused.

    The same notice again changes nothing (section 11).
    """
    offer = _authorised_offer(session, token=token, now=now)
    notification_id, event = notice.get("notification_id"), notice.get("event")
    if not isinstance(notification_id, str) or event not in list(CopyOutcome):
        raise WalletRefused(error=WalletError.INVALID_NOTIFICATION_REQUEST, reason="notification_id or event")
    copies = lock_copies_of_notification(session, notification_id=notification_id, offer_id=offer.id)
    if not copies:
        raise WalletRefused(error=WalletError.INVALID_NOTIFICATION_ID, reason="notification_id is not known")
    for copy in copies:
        copy.outcome = CopyOutcome(str(event))
    if event != CopyOutcome.ACCEPTED:
        end_copies(session, copies=copies, seal=seal, now=now)


def _authorised_offer(session: Session, *, token: str, now: datetime) -> WalletOffer:
    offer = lock_offer_of_token(session, token=token) if token else None
    if offer is None or offer.token_expires_at is None or now >= offer.token_expires_at:
        raise WalletRefused(error=WalletError.INVALID_TOKEN, reason="access token unknown or over")
    return offer


def _check_what_is_asked(request: dict[str, Any], *, offer: WalletOffer, certificate: Certificate) -> None:
    configuration, identifier = request.get("credential_configuration_id"), request.get("credential_identifier")
    if (configuration is None) == (identifier is None):
        raise WalletRefused(
            error=WalletError.INVALID_CREDENTIAL_REQUEST,
            reason="either credential_configuration_id or credential_identifier",
        )
    if identifier is not None and not (offer.uses_identifier and identifier == CREDENTIAL_IDENTIFIER):
        raise WalletRefused(error=WalletError.UNKNOWN_CREDENTIAL_IDENTIFIER, reason="credential_identifier")
    if configuration is not None and offer.uses_identifier:
        raise WalletRefused(
            error=WalletError.INVALID_CREDENTIAL_REQUEST, reason="the token response named a credential_identifier"
        )
    if configuration is not None and configuration != configuration_id(certificate.level_code):
        raise WalletRefused(
            error=WalletError.UNKNOWN_CREDENTIAL_CONFIGURATION, reason="credential_configuration_id was not offered"
        )
    if request.get("credential_response_encryption") is not None:
        raise WalletRefused(error=WalletError.INVALID_ENCRYPTION_PARAMETERS, reason="responses are not encrypted here")


def _consume_nonce(session: Session, *, nonce: str, key: str, now: datetime) -> bool:
    """Whether a challenge is ours, fresh, and used for the first time; of two at once one uses it."""
    ends = nonce_ends_at(nonce, key=key)
    if ends is None or now.timestamp() >= ends:
        return False
    row = {"fingerprint": fingerprint(nonce), "expires_at": datetime.fromtimestamp(ends, UTC)}
    used = insert(WalletNonce).values(row).on_conflict_do_nothing().returning(WalletNonce.fingerprint)
    return session.scalars(used).one_or_none() is not None


def _make_copy(
    session: Session, offer: WalletOffer, certificate: Certificate, *, notification: str, seal: Seal, now: datetime
) -> WalletCredential:
    status_list, index = allocate_entry(
        session, purpose=StatusPurpose.WALLET, subject_id=certificate.id, seal=seal, now=now
    )
    session.add(
        WalletCopy(
            status_list_id=status_list.id,
            status_index=index,
            certificate_id=certificate.id,
            offer_id=offer.id,
            notification_fingerprint=notification,
            issued_at=now,
        )
    )
    return describe_copy(
        certificate,
        names=(offer.given_name, offer.family_name),
        status=(seal.wallet_status_url(status_list.code), index),
        seal=seal,
        now=now,
    )


def describe_copy(
    certificate: Certificate, *, names: tuple[str, str], status: tuple[str, int], seal: Seal, now: datetime
) -> WalletCredential:
    """What a copy says: nothing but what the certificate says, as it was issued."""
    frozen = json.loads(certificate.credential)
    achievement = frozen["credentialSubject"]["achievement"]
    given_name, family_name = names
    status_url, status_index = status
    return WalletCredential(
        issuer=seal.base_url,
        type_url=seal.wallet_type_url(certificate.level_code),
        status_url=status_url,
        status_index=status_index,
        issued_at=now,
        given_name=given_name,
        family_name=family_name,
        full_name=certificate.full_name,
        title=certificate.level_title,
        description=achievement["description"],
        outcomes=[module["title"] for module in certificate.modules],
        grade=grade(sentences(PROGRAMME_LANGUAGE)),
        units=certificate.units_offered,
        level=eqf_level(achievement.get("alignment", [])),
        language=PROGRAMME_LANGUAGE,
        authority=frozen["issuer"]["name"],
        country=_COUNTRY,
        issued_on=certificate.issued_on,
        expires_on=_day(frozen.get("validUntil")),
        number=certificate.number,
    )


def _day(instant: str | None) -> date | None:
    return date.fromisoformat(instant[:10]) if instant else None
