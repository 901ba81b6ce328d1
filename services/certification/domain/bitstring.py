"""What the W3C's Bitstring Status List 1.0 asks of entries and lists of any issuer, and what a list says of an entry.

Our own lists: `domain.status`. These rules are for test mode, where both may come from anybody.
"""

import base64
import binascii
import re
import zlib
from enum import StrEnum
from typing import Any

from services.certification.domain.data_model import is_url
from services.certification.domain.status import LIST_LENGTH

Document = dict[str, Any]

ENTRY_TYPE = "BitstringStatusListEntry"
LIST_TYPE = "BitstringStatusListCredential"

_INDEX = re.compile(r"0|[1-9]\d{0,9}")
_HEXADECIMAL = re.compile(r"0x[0-9A-Fa-f]+")
_BASE64URL = re.compile(r"u[A-Za-z0-9_-]+")
#: No status needs more bits; the standard sets no bound.
_MOST_BITS = 8
#: A longer list is not read: a few bytes of GZIP can stand for as many as a machine has.
_MOST_BYTES = 4 * 1024 * 1024


class StatusError(StrEnum):
    """Why nothing can be said of an entry, in the words of the standard (section 3.5)."""

    RETRIEVAL = "STATUS_RETRIEVAL_ERROR"
    VERIFICATION = "STATUS_VERIFICATION_ERROR"
    LIST_LENGTH = "STATUS_LIST_LENGTH_ERROR"
    RANGE = "RANGE_ERROR"
    MALFORMED = "MALFORMED_VALUE_ERROR"


class StatusUnknown(Exception):
    """A list says nothing of an entry."""

    def __init__(self, error: StatusError) -> None:
        super().__init__(error.value)
        self.error = error


def is_list(document: Document) -> bool:
    """Whether a credential says that it is a status list."""
    return LIST_TYPE in _as_list(document.get("type"))


def status_entries(document: Document) -> list[Document]:
    """The entries of a credential that are of this standard."""
    given = document.get("credentialStatus", [])
    entries = given if isinstance(given, list) else [given]
    return [entry for entry in entries if isinstance(entry, dict) and entry.get("type") == ENTRY_TYPE]


def status_problems(document: Document) -> list[str]:
    """The names of the parts that break the rules of the standard in a credential with entries, or in a list."""
    found = [] if all(map(_is_entry, status_entries(document))) else ["credentialStatus"]
    if is_list(document):
        found += [] if _is_status_list(document.get("credentialSubject")) else ["credentialSubject"]
    return found


def status_in(listed: Document, entry: Document) -> int:
    """The status that a list gives to an entry; 0 says that nothing is wrong. Raises StatusUnknown."""
    subject = listed["credentialSubject"]
    purposes = subject["statusPurpose"]
    if entry["statusPurpose"] not in (purposes if isinstance(purposes, list) else [purposes]):
        raise StatusUnknown(StatusError.VERIFICATION)
    size = entry.get("statusSize", 1)
    content = expand(subject["encodedList"])
    if len(content) * 8 < LIST_LENGTH * size:
        raise StatusUnknown(StatusError.LIST_LENGTH)
    first = int(entry["statusListIndex"]) * size
    if first + size > len(content) * 8:
        raise StatusUnknown(StatusError.RANGE)
    start, end = first // 8, (first + size + 7) // 8
    window = int.from_bytes(content[start:end], "big")
    return window >> (end * 8 - first - size) & ((1 << size) - 1)


def expand(encoded: str) -> bytes:
    """The bits of an encoded list. Raises StatusUnknown where it is none, and where it is longer than 4 MiB."""
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        content = unpacking.decompress(packed, _MOST_BYTES)
    except (zlib.error, binascii.Error) as error:
        raise StatusUnknown(StatusError.MALFORMED) from error
    if not unpacking.eof:
        raise StatusUnknown(StatusError.MALFORMED)
    return content


def _is_entry(entry: Document) -> bool:
    listed = entry.get("statusListCredential")
    return (
        isinstance(entry.get("statusPurpose"), str)
        and isinstance(entry.get("statusListIndex"), str)
        and _INDEX.fullmatch(entry["statusListIndex"]) is not None
        and is_url(listed)
        and entry.get("id") != listed
        and _has_messages(entry)
        and all(map(is_url, _as_list(entry.get("statusReference", []))))
    )


def _has_messages(entry: Document) -> bool:
    """Whether each possible value has its message, as more than two values must have (section 2.1)."""
    size, messages = entry.get("statusSize", 1), entry.get("statusMessage")
    if type(size) is not int or not 0 < size <= _MOST_BITS:
        return False
    if messages is None:
        return size == 1
    return isinstance(messages, list) and len(messages) == 1 << size and all(map(_is_message, messages))


def _is_message(message: object) -> bool:
    if not isinstance(message, dict):
        return False
    status, text = message.get("status"), message.get("message")
    return isinstance(status, str) and _HEXADECIMAL.fullmatch(status) is not None and isinstance(text, str)


def _is_status_list(subject: object) -> bool:
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        return False
    purposes, encoded = _as_list(subject.get("statusPurpose")), subject.get("encodedList")
    if not purposes or not all(isinstance(purpose, str) for purpose in purposes):
        return False
    if not isinstance(encoded, str) or not _BASE64URL.fullmatch(encoded):
        return False
    try:
        return len(expand(encoded)) * 8 >= LIST_LENGTH
    except StatusUnknown:
        return False


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
