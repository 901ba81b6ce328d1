"""What a stranger is told about a certificate or a pass, check by check."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NoReturn

from services.certification.domain.certificates import CertificateState
from services.certification.domain.errors import UploadTooLarge, UploadUnreadable
from services.certification.domain.passes import PassState

#: A credential of ours has about 5 KiB; nothing larger than this is even parsed.
UPLOAD_LIMIT_KIB = 64
#: Nobody's credential is nested deeper; what is would only cost.
_MOST_DEPTH = 48


class Check(StrEnum):
    """The questions that a stranger has."""

    GENUINE = "genuine"  # was it signed with the programme's key?
    UNCHANGED = "unchanged"  # is it, to the letter, what was signed and logged?
    IN_FORCE = "in_force"  # do record and signed status list say that it counts, and is its time not over?


class Verdict(StrEnum):
    """All questions in one word. A revoked certificate is genuine: it was issued, and no longer counts."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    KEY_REVOKED = "key_revoked"  # the key of its seal was declared void, so the seal proves nothing any more
    ERASED = "erased"  # its text was erased with the person's data, so the seal cannot be checked any more
    NOT_GENUINE = "not_genuine"


#: What each state of the record says.
_OF_CERTIFICATES = {
    CertificateState.ISSUED: Verdict.VALID,
    CertificateState.REVOKED: Verdict.REVOKED,
    CertificateState.SUPERSEDED: Verdict.SUPERSEDED,
}
#: A pass whose conditions are not met for some days holds until its grace is over.
_OF_PASSES = {
    "awarded": Verdict.VALID,
    "grace": Verdict.VALID,
    "suspended": Verdict.SUSPENDED,
    "ended": Verdict.EXPIRED,
}


@dataclass(frozen=True)
class CheckResult:
    """One question and its answer."""

    check: Check
    has_passed: bool


def standing_of_certificate(
    state: CertificateState, *, is_listed: bool, valid_until: datetime | None, now: datetime
) -> Verdict:
    """What record, status list and calendar say of a certificate; the worst of them counts.

    `is_listed`: the signed status list says that it does not count.
    """
    standing = _OF_CERTIFICATES[state]
    if standing is Verdict.VALID and is_listed:
        return Verdict.REVOKED
    if standing is Verdict.VALID and valid_until is not None and now > valid_until:
        return Verdict.EXPIRED
    return standing


def standing_of_pass(state: PassState, *, is_listed: bool, valid_until: date, today: date) -> Verdict:
    """What record, status list and calendar say of a pass."""
    standing = _OF_PASSES[state.value]
    if standing is Verdict.VALID and today > valid_until:
        return Verdict.EXPIRED
    return Verdict.SUSPENDED if standing is Verdict.VALID and is_listed else standing


def verdict_of(
    results: Iterable[CheckResult], *, standing: Verdict = Verdict.REVOKED, is_key_revoked: bool = False
) -> Verdict:
    """Only what is genuine and unchanged can be valid, or be anything else that `standing` says."""
    failed = {result.check for result in results if not result.has_passed}
    if is_key_revoked:
        return Verdict.KEY_REVOKED
    if failed & {Check.GENUINE, Check.UNCHANGED}:
        return Verdict.NOT_GENUINE
    return standing if failed else Verdict.VALID


def read_upload(data: bytes) -> dict[str, Any]:
    """The JSON object in a file that somebody handed in. Raises UploadTooLarge and UploadUnreadable.

    What two parsers could read differently is refused: a name that stands twice, numbers that are none, deep nesting.
    """
    if len(data) > UPLOAD_LIMIT_KIB * 1024:
        raise UploadTooLarge(limit_kib=UPLOAD_LIMIT_KIB)
    try:
        document = json.loads(data, object_pairs_hook=_without_repetition, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UploadUnreadable(reason="not_json") from error
    if not isinstance(document, dict) or _depth(document) > _MOST_DEPTH:
        raise UploadUnreadable(reason="not_json")
    return document


def _depth(document: object) -> int:
    """How deep it is nested; stops counting one beyond what is allowed."""
    level, depth = [document], 0
    while level and depth <= _MOST_DEPTH:
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict | list):
                inner.extend(value.values() if isinstance(value, dict) else value)
        level, depth = inner, depth + 1
    return depth


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)
