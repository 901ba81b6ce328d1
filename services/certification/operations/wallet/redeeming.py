"""The wallet's side until it has a token: the offer behind the code on the screen, and what it is redeemed for."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.errors import WalletRefused
from services.certification.domain.wallet import (
    CREDENTIAL_IDENTIFIER,
    OFFER_TRANSITIONS,
    PIN_LENGTH,
    PIN_TRIES,
    PRE_AUTHORIZED,
    TOKEN_LIFETIME,
    OfferState,
    WalletError,
    configuration_id,
    is_same_secret,
    offer_secrets,
)
from services.certification.models import WalletOffer
from services.certification.queries.certificates import get_certificate_by_id
from services.certification.queries.wallet import find_offer_of_reference, lock_offer_of_code
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint, new_secret

_DETAILS_LIMIT = 4_000


@dataclass(frozen=True)
class TokenRequest:
    """What a wallet sends to the token endpoint; empty where it sent nothing."""

    grant_type: str
    code: str
    pin: str
    authorization_details: str


def describe_offer(session: Session, *, reference: str, seal: Seal, key: str, pin_hint: str, now: datetime) -> Any:
    """The offer as wallets read it (section 4.1.1). Raises NotFound where it is over, used or unknown."""
    offer = find_offer_of_reference(session, reference=reference)
    if offer is None or offer.state is not OfferState.OPEN or now >= offer.expires_at:
        raise NotFound(kind="wallet_offer")
    certificate = get_certificate_by_id(session, certificate_id=offer.certificate_id)
    grant: dict[str, Any] = {"pre-authorized_code": offer_secrets(offer.id, key=key).code}
    if offer.needs_pin:
        grant["tx_code"] = {"input_mode": "numeric", "length": PIN_LENGTH, "description": pin_hint}
    return {
        "credential_issuer": seal.base_url,
        "credential_configuration_ids": [configuration_id(certificate.level_code)],
        "grants": {PRE_AUTHORIZED: grant},
    }


def redeem_offer(session: Session, *, request: TokenRequest, key: str, now: datetime) -> dict[str, Any] | None:
    """The token response for a pre-authorized code, once; None for a wrong PIN, which counts from the commit on.

    Raises WalletRefused. Of two wallets that come at once the first gets the token.
    """
    if request.grant_type != PRE_AUTHORIZED:
        error = WalletError.UNSUPPORTED_GRANT_TYPE if request.grant_type else WalletError.INVALID_REQUEST
        raise WalletRefused(error=error, reason="only the pre-authorized code grant is known here")
    if not request.code:
        raise WalletRefused(error=WalletError.INVALID_REQUEST, reason="pre-authorized_code is missing")
    offer = lock_offer_of_code(session, code=request.code)
    if offer is None or offer.state is not OfferState.OPEN or now >= offer.expires_at:
        raise WalletRefused(error=WalletError.INVALID_GRANT, reason="code unknown, used, or over")
    if bool(request.pin) != offer.needs_pin:
        reason = "tx_code is missing" if offer.needs_pin else "no tx_code is expected"
        raise WalletRefused(error=WalletError.INVALID_REQUEST, reason=reason)
    if offer.needs_pin and not is_same_secret(request.pin, offer_secrets(offer.id, key=key).pin):
        _count_wrong_pin(offer)
        return None
    return _hand_out_token(session, offer, request, now=now)


def _count_wrong_pin(offer: WalletOffer) -> None:
    offer.wrong_pins += 1
    if offer.wrong_pins >= PIN_TRIES:
        offer.state = OFFER_TRANSITIONS.check(offer.state, OfferState.CLOSED)


def _hand_out_token(session: Session, offer: WalletOffer, request: TokenRequest, *, now: datetime) -> dict[str, Any]:
    certificate = get_certificate_by_id(session, certificate_id=offer.certificate_id)
    name = configuration_id(certificate.level_code)
    offer.uses_identifier = _asks_for_identifier(request.authorization_details, configuration=name)
    token = new_secret()
    offer.state = OFFER_TRANSITIONS.check(offer.state, OfferState.REDEEMED)
    offer.token_fingerprint = fingerprint(token)
    offer.token_expires_at = now + TOKEN_LIFETIME
    answer: dict[str, Any] = {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": int(TOKEN_LIFETIME.total_seconds()),
    }
    if offer.uses_identifier:
        detail = {"type": "openid_credential", "credential_configuration_id": name}
        answer["authorization_details"] = [detail | {"credential_identifiers": [CREDENTIAL_IDENTIFIER]}]
    return answer


def _asks_for_identifier(details: str, *, configuration: str) -> bool:
    """Whether a wallet asks for a name of the data set (section 6.1.1). Raises WalletRefused for another credential."""
    if not details:
        return False
    try:
        wanted = json.loads(details) if len(details) <= _DETAILS_LIMIT else None
    except (ValueError, RecursionError):
        wanted = None
    if not isinstance(wanted, list) or not all(isinstance(detail, dict) for detail in wanted):
        raise WalletRefused(error=WalletError.INVALID_REQUEST, reason="authorization_details cannot be read")
    named = [detail for detail in wanted if detail.get("type") == "openid_credential"]
    if any(detail.get("credential_configuration_id") != configuration for detail in named):
        raise WalletRefused(error=WalletError.INVALID_REQUEST, reason="this credential was not offered")
    return bool(named)
