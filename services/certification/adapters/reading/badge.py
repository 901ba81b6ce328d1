"""An Open Badge 3.0 of somebody else, checked by the library that is made for it, with its budget for hostile graphs.

The process has no network: each document that the check asks for (keys of a `did:web`, a status list) is named to the
near side, which fetches it and asks again.
"""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.credential import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.did import did_key_from_pem
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.status import check_credential_status
from openbadgeslib.ob3.verifier import OB3Verifier
from pyld import jsonld

EXPECTED = (
    LibOpenBadgesException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OverflowError,
    jsonld.JsonLdError,
)

Download = Callable[[str], bytes]
_MOST_TEXT = 2_000


class Needed(BaseException):
    """A document that the near side has to fetch; no `except Exception` of a library may hold it back."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def read(facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    """{"needs": url}, or {"is_signed", "problem", "status", "facts"}: what the signature and the status list say."""
    given = {url: base64.b64decode(content) for url, content in facts["documents"].items()}
    unreachable = set(facts["unreachable"])

    def download(url: str) -> bytes:
        if url in unreachable:
            raise ValueError("unreachable")
        if url not in given:
            raise Needed(url)
        return given[url]

    try:
        return _check(data.decode(), facts, download)
    except Needed as needed:
        return {"needs": needed.url}


def _check(text: str, facts: dict[str, Any], download: Download) -> dict[str, Any]:
    document = facts["document"]
    credential, problem = None, None
    try:
        if facts["is_token"]:
            verifier = OB3Verifier.for_issuer_did(_issuer_of(document), download=download)
            credential = verifier.verify(text)
        else:
            credential = OB3LdpVerifier().verify(text, download=download)
    except LibOpenBadgesException as error:
        problem = str(error)
    # The window is looked at last, after the signature: a badge that has run out was signed all the same.
    is_signed = credential is not None or _is_about_time(problem)
    return {
        "is_signed": is_signed,
        "problem": None if credential else (problem or "")[:300],
        "is_unreachable": "could not fetch" in (problem or ""),
        "status": _status(credential, download) if credential else "unknown",
        "facts": _facts_of(document) if is_signed else {},
    }


def _is_about_time(problem: str | None) -> bool:
    return problem is not None and problem.startswith(("Credential has expired", "Credential is not yet valid"))


def _status(credential: Any, download: Download) -> str:
    if not credential.credential_status:
        return "none"
    try:
        check_credential_status(credential, download=download, verify_list=True)
    except LibOpenBadgesException as error:
        return "revoked" if str(error).startswith("Credential status '") else "unknown"
    return "in_force"


def _issuer_of(document: Mapping[str, Any]) -> str:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    if not isinstance(found, str):
        raise TypeError("no issuer")
    return found


def _facts_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The texts that a stranger wants to read, as text and no longer than a page bears."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    achievement = _inner(subject, "achievement")
    return {
        "issuer_id": _issuer_of(document),
        "issuer_name": _text(_inner(issuer, "name")),
        "title": _text(_inner(achievement, "name")) or _text(document.get("name")),
        "description": _text(_inner(achievement, "description")),
        "criteria": _text(_inner(_inner(achievement, "criteria"), "narrative")),
        "valid_from": _instant(document.get("validFrom")),
        "valid_until": _instant(document.get("validUntil")),
    }


def _inner(value: object, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return "".join(letter for letter in value if letter.isprintable() or letter == "\n").strip()[:_MOST_TEXT] or None


def _instant(value: object) -> str | None:
    try:
        return datetime.fromisoformat(str(value)).astimezone(UTC).isoformat() if value else None
    except (ValueError, OverflowError):
        return None


def _warm_up() -> None:
    """Sign and check a badge of nobody: the libraries open files at their first use, and later no file opens here."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    issuer = Issuer(id=did_key_from_pem(public), name="nobody")
    achievement = Achievement(id="urn:uuid:0", name="nothing", description="-", criteria_narrative="-")
    badge = OpenBadgeCredential(id="urn:uuid:1", recipient_id="urn:uuid:2", issuer=issuer, achievement=achievement)
    OB3LdpVerifier().verify(OB3LdpSigner(private).sign(badge))
    OB3Verifier.for_issuer_did(issuer.id).verify(OB3Signer(private, "EdDSA").sign(badge))


_warm_up()
