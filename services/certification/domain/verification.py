"""What a stranger is told about a certificate, check by check."""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn

from services.certification.domain.errors import UploadTooLarge, UploadUnreadable

#: A credential of ours has about 5 KiB; nothing larger than this is even parsed.
UPLOAD_LIMIT_KIB = 64


class Check(StrEnum):
    """The questions that a stranger has."""

    GENUINE = "genuine"  # was it signed with the programme's key?
    UNCHANGED = "unchanged"  # is it, to the letter, what was signed and logged?
    IN_FORCE = "in_force"  # does the signed status list say that it counts?


class Verdict(StrEnum):
    """All questions in one word. A revoked certificate is genuine: it was issued, and no longer counts."""

    VALID = "valid"
    REVOKED = "revoked"
    NOT_GENUINE = "not_genuine"


@dataclass(frozen=True)
class CheckResult:
    """One question and its answer."""

    check: Check
    has_passed: bool


def verdict_of(results: tuple[CheckResult, ...]) -> Verdict:
    """Only what is genuine and unchanged can be valid or revoked."""
    failed = {result.check for result in results if not result.has_passed}
    if failed & {Check.GENUINE, Check.UNCHANGED}:
        return Verdict.NOT_GENUINE
    return Verdict.REVOKED if failed else Verdict.VALID


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
    if not isinstance(document, dict):
        raise UploadUnreadable(reason="not_json")
    return document


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)
