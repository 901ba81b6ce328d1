"""WebAuthn ceremonies, by py_webauthn. Both demand user verification: a passkey is two factors in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from services.enrollment.domain.errors import PasskeyRefused
from services.enrollment.domain.passkeys import CHALLENGE_LIFE, PasskeySite

_PROGRAMME = "MEMO"
_TIMEOUT_MS = int(CHALLENGE_LIFE.total_seconds() * 1000)


@dataclass(frozen=True)
class Ceremony:
    """What the browser is asked, as JSON, and the challenge that its answer must hold."""

    options: str
    challenge: bytes


@dataclass(frozen=True)
class NewPasskey:
    """The public half of a passkey that was just made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


def registration(*, site: PasskeySite, person_id: UUID, name: str, known: Sequence[bytes]) -> Ceremony:
    """Ask for a new discoverable passkey; an authenticator that holds one in `known` refuses to make a second."""
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name=_PROGRAMME,
        user_id=person_id.bytes,
        user_name=name,
        user_display_name=name,
        timeout=_TIMEOUT_MS,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=credential_id) for credential_id in known],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )
    return Ceremony(options_to_json(options), options.challenge)


def authentication(*, site: PasskeySite) -> Ceremony:
    """Ask for any passkey of this site; the person chooses."""
    options = generate_authentication_options(
        rp_id=site.rp_id, timeout=_TIMEOUT_MS, user_verification=UserVerificationRequirement.REQUIRED
    )
    return Ceremony(options_to_json(options), options.challenge)


def challenge_in(credential: dict[str, Any]) -> bytes:
    """The challenge that an answer claims to answer. Raises PasskeyRefused where it is no such answer."""
    try:
        return parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"])).challenge
    except (WebAuthnException, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error


def credential_id_in(credential: dict[str, Any]) -> bytes:
    """Which passkey an answer says it comes from. Raises PasskeyRefused."""
    try:
        return base64url_to_bytes(credential["rawId"])
    except (KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error


def check_registration(credential: dict[str, Any], *, site: PasskeySite, challenge: bytes) -> NewPasskey:
    """The new passkey in a browser's answer. Raises PasskeyRefused."""
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error
    return NewPasskey(verified.credential_id, verified.credential_public_key, verified.sign_count)


def check_authentication(
    credential: dict[str, Any], *, site: PasskeySite, challenge: bytes, public_key: bytes, sign_count: int
) -> int:
    """The authenticator's new counter, where the answer is signed by the passkey. Raises PasskeyRefused.

    A counter that does not grow tells of a cloned authenticator and is refused (WebAuthn section 6.1.1).
    """
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, KeyError, TypeError, ValueError) as error:
        raise PasskeyRefused from error
    return verified.new_sign_count
