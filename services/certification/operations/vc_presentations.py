"""Presentations of the W3C data model: what a holder's software shows, each credential checked by itself."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.open_proofs import Asked, key_of_did, signers_of_proofs
from services.certification.adapters.reading import Busy
from services.certification.adapters.seal import Seal
from services.certification.adapters.signatures import fits
from services.certification.domain.data_model import credentials_in, presentation_problems
from services.certification.domain.errors import UploadsBusy, UploadTooLarge, UploadUnknown, UploadUnreadable
from services.certification.domain.presented import Form, Presented, decode_part, read_credential
from services.certification.domain.verification import Verdict, read_upload
from services.certification.operations.verification import verify_presented

#: How the media types of enveloped credentials and presentations are written (VC Data Model 2.0, section 4.13).
_TOKENS = ("data:application/vc+jwt,", "data:application/vp+jwt,", "data:application/dc+sd-jwt,")
_MOST_CREDENTIALS = 20

Document = dict[str, Any]
CheckCredential = Callable[[Document], tuple[str, ...]]


@dataclass(frozen=True)
class PresentationVerification:
    """What can be said of a presentation."""

    #: Names of what is wrong with the presentation itself; empty where nothing is.
    problems: tuple[str, ...]
    #: Who has signed it (a `did:key`); None where nobody has, so that anybody may be showing it.
    holder: str | None
    #: For each credential in it what is wrong with that one, in their order.
    credentials: tuple[tuple[str, ...], ...]


def verify_presentation(
    *, presentation: Document, challenge: str | None, domain: str | None, check: CheckCredential, now: datetime
) -> PresentationVerification:
    """Check a presentation with a Data Integrity proof, as a signed token, or without a proof.

    A challenge or domain that is asked for must be in the holder's proof. Raises UploadsBusy.
    """
    problems: list[str] = []
    holder = None
    if presentation.get("type") == "EnvelopedVerifiablePresentation":
        presentation, holder = _open_envelope(presentation, challenge=challenge, domain=domain)
        problems += [] if holder else ["proof"]
    elif "proof" in presentation or challenge is not None or domain is not None:
        holder = _signer(presentation, Asked("authentication", challenge, domain), now=now)
        problems += [] if holder else ["proof"]
    problems += presentation_problems(presentation)
    claimed = presentation.get("holder")
    claimed = claimed.get("id") if isinstance(claimed, dict) else claimed
    if holder is not None and claimed not in (None, holder):
        problems.append("holder")
    held = [one for one in credentials_in(presentation) if isinstance(one, dict)]
    if len(held) > _MOST_CREDENTIALS:
        return PresentationVerification((*problems, "verifiableCredential"), holder, ())
    return PresentationVerification(tuple(dict.fromkeys(problems)), holder, tuple(check(one) for one in held))


def check_issued_credential(session: Session, *, document: Document, seal: Seal, now: datetime) -> tuple[str, ...]:
    """What is wrong with a credential that should be one of ours, in JSON or in an envelope; nothing if it counts."""
    try:
        found = verify_presented(session, presented=read_enveloped(document), seal=seal, now=now)
    except UploadUnknown:
        return ("unknown",)
    except (UploadUnreadable, UploadTooLarge):
        return ("malformed",)
    if found is None:
        return ("foreign",)
    return () if found.verdict is Verdict.VALID else (found.verdict.value,)


def read_enveloped(document: Document) -> Presented:
    """The credential in JSON, or in the envelope of a signed token. Raises UploadUnreadable and UploadTooLarge."""
    if document.get("type") == "EnvelopedVerifiableCredential":
        return read_credential(_token_in(document))
    return read_credential(json.dumps(document))


def _signer(presentation: Document, asked: Asked, *, now: datetime) -> str | None:
    try:
        signers = signers_of_proofs(presentation, asked=asked, now=now)
    except Busy as error:
        raise UploadsBusy from error
    return next(iter(signers)) if len(signers) == 1 else None


def _open_envelope(envelope: Document, *, challenge: str | None, domain: str | None) -> tuple[Document, str | None]:
    """The presentation in a signed token, and the holder where the holder's key has signed what was asked for."""
    try:
        presented = read_credential(_token_in(envelope))
        header = read_upload(decode_part(presented.text.partition(".")[0]))
    except (UploadUnreadable, UploadTooLarge):
        return {}, None
    document = presented.document
    method = str(header.get("kid", ""))
    method = method if method.startswith("did:") else f"{document.get('iss') or document.get('holder')}#{method}"
    key = key_of_did(method)
    is_asked = challenge in (None, document.get("nonce")) and domain in (None, document.get("aud"))
    if key is None or presented.form is not Form.TOKEN or not is_asked:
        return document, None
    is_signed = fits(presented.signature, presented.signed, public_key=key)
    return document, method.partition("#")[0] if is_signed else None


def _token_in(envelope: Document) -> str:
    address = str(envelope.get("id", ""))
    for prefix in _TOKENS:
        if address.startswith(prefix):
            return address.removeprefix(prefix)
    raise UploadUnreadable(reason="not_json")
