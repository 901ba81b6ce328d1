"""Copies from a wallet (SD-JWT VC): the issuer's signature, time, and the issuer's Token Status List.

Whether who shows the copy is its holder can't be told from a file: that takes a fresh answer of the wallet.
"""

from datetime import UTC, datetime
from typing import Any

from services.certification.adapters.signatures import fits
from services.certification.domain.did import did_of
from services.certification.domain.errors import UploadTooLarge, UploadUnreadable
from services.certification.domain.presented import Form, Presented, decode_part, read_credential
from services.certification.domain.text import comparable_name
from services.certification.domain.verification import read_upload
from services.certification.verifier.findings import Finding, Question, Reason, Report, failed, passed, unknown
from services.certification.verifier.keys import asserting_keys
from services.certification.verifier.lists import unpack
from services.certification.verifier.sources import Sources
from services.certification.verifier.times import check_time

_VALUES = {1: Reason.REVOKED, 2: Reason.SUSPENDED}


def header_of(presented: Presented) -> dict[str, Any]:
    """The header of a token that was read before."""
    return read_upload(decode_part(presented.text.partition(".")[0]))


def check_copy(presented: Presented, *, sources: Sources, name: str | None, now: datetime) -> Report:
    """What can be said of a copy with the claims that its holder discloses."""
    claims = presented.document
    issuer = str(claims.get("iss", ""))
    did = issuer if issuer.startswith("did:") else did_of(issuer)
    described = sources.did_document(did)
    keys = asserting_keys(described) if described is not None else None
    findings = [
        _signature(presented, keys),
        check_time(_instant(claims.get("nbf")), _instant(claims.get("exp")), now=now),
        _status(claims, keys=keys, sources=sources, now=now),
    ]
    if name is not None:
        findings.append(_name(claims, name))
    facts = {"issuer": did, "title": claims.get("achievement_title"), "valid_from": _instant(claims.get("nbf"))}
    disclosed = {field: claims[field] for field in presented.disclosed}
    return Report(findings=tuple(findings), facts=facts | {"disclosed": disclosed})


def _signature(presented: Presented, keys: dict[str, str] | None) -> Finding:
    if keys is None:
        return unknown(Question.SIGNATURE, Reason.KEYS_MISSING)
    is_signed = any(fits(presented.signature, presented.signed, public_key=key) for key in set(keys.values()))
    return passed(Question.SIGNATURE, Reason.SIGNED) if is_signed else failed(Question.SIGNATURE, Reason.NOT_SIGNED)


def _status(claims: dict[str, Any], *, keys: dict[str, str] | None, sources: Sources, now: datetime) -> Finding:
    """The value at the copy's place in its list (Token Status List, section 8.3)."""
    status = claims.get("status")
    entry = status.get("status_list") if isinstance(status, dict) else None
    if entry is None:
        return passed(Question.STATUS, Reason.NO_LIST_NAMED)
    url, index = (entry.get("uri"), entry.get("idx")) if isinstance(entry, dict) else (None, None)
    content = sources.status_list(url) if isinstance(url, str) else None
    if content is None or type(index) is not int or index < 0:
        return unknown(Question.STATUS, Reason.LIST_MISSING)
    if keys is None:
        return unknown(Question.STATUS, Reason.KEYS_MISSING)
    listed = _signed_list(content, url=str(url), keys=keys)
    if listed is None:
        return unknown(Question.STATUS, Reason.LIST_NOT_SIGNED)
    if check_time(_instant(listed.get("iat")), _instant(listed.get("exp")), now=now).reason is not Reason.IN_TIME:
        return unknown(Question.STATUS, Reason.LIST_OUTDATED)
    return _value_at(index, listed["status_list"])


def _signed_list(content: bytes, *, url: str, keys: dict[str, str]) -> dict[str, Any] | None:
    """The claims of a list that a key of the issuer has signed for this address."""
    try:
        token = read_credential(content.decode())
    except (UnicodeDecodeError, UploadTooLarge, UploadUnreadable):
        return None
    is_signed = token.form is Form.TOKEN and any(
        fits(token.signature, token.signed, public_key=key) for key in set(keys.values())
    )
    is_list = is_signed and token.document.get("sub") == url and isinstance(token.document.get("status_list"), dict)
    return token.document if is_list else None


def _value_at(index: int, listed: dict[str, Any]) -> Finding:
    bits, packed = listed.get("bits"), listed.get("lst")
    if not isinstance(packed, str) or not isinstance(bits, int) or bits not in (1, 2, 4, 8):
        return unknown(Question.STATUS, Reason.LIST_MISSING)
    content = unpack(packed, wbits=15)
    if content is None or index * bits // 8 >= len(content):
        return unknown(Question.STATUS, Reason.LIST_MISSING)
    value = content[index * bits // 8] >> (index * bits % 8) & ((1 << bits) - 1)
    if value == 0:
        return passed(Question.STATUS, Reason.IN_FORCE)
    return failed(Question.STATUS, _VALUES.get(value, Reason.REVOKED))


def _name(claims: dict[str, Any], name: str) -> Finding:
    whole, given, family = (claims.get(field) for field in ("name", "given_name", "family_name"))
    if not isinstance(whole, str):
        whole = f"{given} {family}" if isinstance(given, str) and isinstance(family, str) else None
    if whole is None:
        return unknown(Question.NAME, Reason.NAME_NOT_THERE)
    is_same = comparable_name(name) == comparable_name(whole)
    return passed(Question.NAME, Reason.NAME_FITS) if is_same else failed(Question.NAME, Reason.NAME_DIFFERS)


def _instant(seconds: object) -> str | None:
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
