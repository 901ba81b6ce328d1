"""Status in test mode: two lists that never change, where software meets each answer, and no revocation is real.

The first half of each list says that nothing is wrong, the second half that all are revoked, or suspended.
"""

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from services.certification.adapters.open_proofs import Asked, signers_of_proofs
from services.certification.adapters.reading import Busy
from services.certification.adapters.remembered import Remembered
from services.certification.adapters.seal import Seal
from services.certification.adapters.test_seal import did_of_tests, sign_test_document
from services.certification.domain.bitstring import (
    ENTRY_TYPE,
    StatusError,
    StatusUnknown,
    is_list,
    status_entries,
    status_in,
    status_problems,
)
from services.certification.domain.credential import StatusListCredential
from services.certification.domain.data_model import credential_problems, instant_of
from services.certification.domain.errors import UploadsBusy
from services.certification.domain.status import LIST_LENGTH, StatusPurpose, encode_list
from services.certification.domain.verification import Verdict
from services.certification.operations.verification.fetching import fetch_public
from shared.kernel.errors import NotFound

Document = dict[str, Any]

_HALF = LIST_LENGTH // 2
_VALIDITY = timedelta(days=7)
_VERDICTS = {StatusPurpose.REVOCATION: Verdict.REVOKED, StatusPurpose.SUSPENSION: Verdict.SUSPENDED}
#: Lists of others that one request may have fetched: each costs a process and up to two seconds.
_MOST_LISTS = 3
#: A signature costs a process, and both lists stay the same for a day.
_SIGNED: Remembered[Document] = Remembered(4)


@dataclass(frozen=True)
class WantedStatus:
    """An entry that a test credential is to have."""

    purpose: StatusPurpose
    #: Whether the list says that the credential counts no more.
    is_set: bool = False


@dataclass(frozen=True)
class Lists:
    """Where the status lists of one request come from."""

    seal: Seal
    secret: str
    #: Which addresses may be asked for lists of others: `public`, `none`, or `local` in tests.
    mode: str
    #: What was fetched already, or why it does not count, by its address.
    fetched: dict[str, Document | StatusError] = field(default_factory=dict)


def draw_entry(wanted: WantedStatus, *, seal: Seal) -> Document:
    """An entry at a random place of the half of the list that says so."""
    address = seal.test_status_url(wanted.purpose)
    index = secrets.randbelow(_HALF) + (_HALF if wanted.is_set else 0)
    return {
        "id": f"{address}#{index}",
        "type": ENTRY_TYPE,
        "statusPurpose": wanted.purpose.value,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def read_test_list(*, purpose: str, seal: Seal, secret: str, now: datetime) -> Document:
    """The list of a purpose, signed with the test key. Raises NotFound and UploadsBusy."""
    if purpose not in _VERDICTS:
        raise NotFound(kind="status_list")
    start = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    address = seal.test_status_url(StatusPurpose(purpose))
    try:
        return _SIGNED.get(
            (address, did_of_tests(secret), start), lambda: _sign_list(purpose, address, secret=secret, start=start)
        )
    except Busy as error:
        raise UploadsBusy from error


def _sign_list(purpose: str, address: str, *, secret: str, start: datetime) -> Document:
    credential = StatusListCredential(
        url=address,
        issuer_did=did_of_tests(secret),
        purpose=purpose,
        encoded_list=encode_list(range(_HALF, LIST_LENGTH)),
        valid_from=start,
        valid_until=start + _VALIDITY,
    )
    return sign_test_document(credential.to_document(), secret=secret, now=start)


def check_status(document: Document, *, lists: Lists, now: datetime) -> list[str]:
    """`revoked` or `suspended` where a list says so, or why nothing can be said; nothing where all is right.

    What a list says for other purposes, such as `message`, makes nothing invalid. Raises UploadsBusy.
    """
    found: list[str] = []
    for entry in status_entries(document):
        try:
            value = status_in(_list_of(entry, lists=lists, now=now), entry)
        except StatusUnknown as unknown:
            found.append(unknown.error.value)
            continue
        if value and entry["statusPurpose"] in _VERDICTS:
            found.append(_VERDICTS[entry["statusPurpose"]].value)
    return found


def _list_of(entry: Document, *, lists: Lists, now: datetime) -> Document:
    address = entry["statusListCredential"]
    for purpose in _VERDICTS:
        if address == lists.seal.test_status_url(purpose):
            return read_test_list(purpose=purpose, seal=lists.seal, secret=lists.secret, now=now)
    if address not in lists.fetched and len(lists.fetched) < _MOST_LISTS:
        lists.fetched[address] = _fetch(address, mode=lists.mode, now=now)
    found = lists.fetched.get(address, StatusError.RETRIEVAL)
    if isinstance(found, StatusError):
        raise StatusUnknown(found)
    return found


def _fetch(address: str, *, mode: str, now: datetime) -> Document | StatusError:
    content = fetch_public(address, mode=mode)
    try:
        listed = json.loads(base64.b64decode(content)) if content is not None else None
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, dict):
        return StatusError.RETRIEVAL
    return listed if _is_trusted(listed, now=now) else StatusError.VERIFICATION


def _is_trusted(listed: Document, *, now: datetime) -> bool:
    """Whether somebody else's list follows the standard, counts now, and is signed by the issuer that it names."""
    if credential_problems(listed) or not is_list(listed) or status_problems(listed):
        return False
    start, end = instant_of(listed.get("validFrom")), instant_of(listed.get("validUntil"))
    if (start is not None and start > now) or (end is not None and end < now):
        return False
    issuer = listed["issuer"]
    try:
        signers = signers_of_proofs(listed, asked=Asked(purpose="assertionMethod"), now=now)
    except Busy as error:
        raise UploadsBusy from error
    return (issuer.get("id") if isinstance(issuer, dict) else issuer) in signers
