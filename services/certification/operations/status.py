"""Status lists: an index for each thing that is signed, and a list that is signed anew when a value changes."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wallet.sealing import seal_status_token
from services.certification.domain.credential import StatusListCredential
from services.certification.domain.keys import KeyPurpose, KeyState
from services.certification.domain.status import (
    INDEX_TRIES,
    LIST_LENGTH,
    WALLET_VALUES,
    StatusPurpose,
    encode_list,
)
from services.certification.models import StatusEntry, StatusList
from services.certification.operations.keys import present_key
from services.certification.queries.keys import find_active_key
from services.certification.queries.status import (
    find_open_list,
    get_entry,
    list_due_lists,
    list_entries_of_many,
    list_lists,
    list_set_values,
    lock_list,
)
from shared.contracts.certification import SigningKeyChanged, StatusListChanged
from shared.kernel.ids import new_code, new_id
from shared.messaging import outbox

#: How long a signed list may be relied on; it is signed anew every night.
LIST_VALIDITY = timedelta(days=7)
#: A list that is older is signed anew. Looked for every hour, so that a night without a schedule is made up for.
_NIGHT = timedelta(hours=20)


def allocate_entry(
    session: Session, *, purpose: StatusPurpose, subject_id: UUID, seal: Seal, now: datetime
) -> tuple[StatusList, int]:
    """A random free index that speaks for a subject from now on. Two who draw the same at once draw again."""
    return allocate_entries(session, purpose=purpose, subject_ids=[subject_id], seal=seal, now=now)[subject_id]


def allocate_entries(
    session: Session, *, purpose: StatusPurpose, subject_ids: Sequence[UUID], seal: Seal, now: datetime
) -> dict[UUID, tuple[StatusList, int]]:
    """Like `allocate_entry` for many subjects, in one statement or few: subject -> list and index."""
    if not subject_ids:
        return {}
    status_list = find_open_list(session, purpose=purpose) or _open_list(session, purpose=purpose, seal=seal, now=now)
    drawn: dict[UUID, tuple[StatusList, int]] = {}
    rest = list(subject_ids)
    for _ in range(INDEX_TRIES):
        drawn |= {subject_id: (status_list, index) for index, subject_id in _take(session, status_list.id, rest)}
        rest = [subject_id for subject_id in rest if subject_id not in drawn]
        if not rest:
            return drawn
    status_list.is_open = False
    session.flush()  # Only one list may be open, and the next one is about to be.
    return drawn | allocate_entries(session, purpose=purpose, subject_ids=rest, seal=seal, now=now)


def set_status(
    session: Session, *, subject_id: UUID, purpose: StatusPurpose, value: int, seal: Seal, now: datetime
) -> None:
    """Write what the lists of a purpose say of a subject, and sign them anew; nothing where they say so already.

    What is true of a certificate or pass is true of its copies in wallets: their lists follow.
    """
    set_statuses(session, subject_ids=[subject_id], purpose=purpose, value=value, seal=seal, now=now)


def set_statuses(
    session: Session, *, subject_ids: Sequence[UUID], purpose: StatusPurpose, value: int, seal: Seal, now: datetime
) -> None:
    """Like `set_status` for many subjects: each list is signed once."""
    entries = list_entries_of_many(session, subject_ids=subject_ids, purpose=purpose)
    _write(session, entries, value, seal=seal, now=now)
    if purpose in WALLET_VALUES:
        copies = list_entries_of_many(session, subject_ids=subject_ids, purpose=StatusPurpose.WALLET)
        _write(session, copies, WALLET_VALUES[purpose] if value else 0, seal=seal, now=now)


def set_entry(session: Session, *, status_list_id: UUID, index: int, value: int, seal: Seal, now: datetime) -> None:
    """Write what a list says at one index, and sign it anew."""
    entry = get_entry(session, status_list_id=status_list_id, index=index)
    _write(session, [entry], value, seal=seal, now=now)


def _write(session: Session, entries: list[StatusEntry], value: int, *, seal: Seal, now: datetime) -> None:
    changed = [entry for entry in entries if entry.value != value]
    for list_id in dict.fromkeys(entry.status_list_id for entry in changed):
        status_list = lock_list(session, status_list_id=list_id)
        for entry in changed:
            if entry.status_list_id == list_id:
                entry.value = value
        _sign(session, status_list, seal=seal, now=now)


def sign_due_lists(session: Session, *, seal: Seal, now: datetime) -> int:
    """Sign anew what is a night old, long before it grows too old to be relied on; how many.

    Lists whose key was revoked without a successor wait for one, and hold up no others.
    """
    due = list_due_lists(session, signed_before=now - _NIGHT, now=now)
    signable = {purpose for purpose in StatusPurpose if find_active_key(session, purpose=_key_purpose(purpose))}
    return _sign_lists(session, [list_id for list_id, purpose in due if purpose in signable], seal=seal, now=now)


def follow_key(session: Session, *, event: SigningKeyChanged, seal: Seal, now: datetime) -> None:
    """Sign the lists of a key's purpose anew when it has changed: one that is void vouches for nothing."""
    if event.state not in (KeyState.ACTIVE, KeyState.REVOKED):
        return
    key_purpose = KeyPurpose(event.purpose)
    purposes = [purpose for purpose in StatusPurpose if _key_purpose(purpose) is key_purpose]
    if purposes and find_active_key(session, purpose=key_purpose) is not None:
        _sign_lists(session, list_lists(session, purposes=purposes), seal=seal, now=now)


def _key_purpose(purpose: StatusPurpose) -> KeyPurpose:
    """Which key signs the lists of a purpose."""
    return KeyPurpose.WALLET if purpose is StatusPurpose.WALLET else KeyPurpose.CREDENTIALS


def _sign_lists(session: Session, list_ids: Sequence[UUID], *, seal: Seal, now: datetime) -> int:
    for list_id in list_ids:
        _sign(session, lock_list(session, status_list_id=list_id), seal=seal, now=now)
    return len(list_ids)


def _take(session: Session, list_id: UUID, subject_ids: Sequence[UUID]) -> list[tuple[int, UUID]]:
    """Indices in rising order, so that two who draw many at once wait for each other in one direction only."""
    indices: set[int] = set()
    while len(indices) < len(subject_ids):
        indices.add(secrets.randbelow(LIST_LENGTH))
    drawn = dict(zip(indices, subject_ids, strict=True))
    rows = [
        {"status_list_id": list_id, "index": index, "subject_id": drawn[index], "value": 0} for index in sorted(drawn)
    ]
    taken = insert(StatusEntry).on_conflict_do_nothing().returning(StatusEntry.index)
    return [(index, drawn[index]) for index in session.scalars(taken, rows)]


def _sign(session: Session, status_list: StatusList, *, seal: Seal, now: datetime) -> None:
    """Write the list as it follows from its entries now. The row must be locked."""
    session.flush()  # The value that has just changed must be among what is read.
    values = list_set_values(session, status_list_id=status_list.id)
    status_list.document = _signed(session, status_list.code, status_list.purpose, values, seal=seal, now=now)
    status_list.signed_at = now
    status_list.valid_until = now + LIST_VALIDITY
    _have_published(session, status_list, now=now)


def _have_published(session: Session, status_list: StatusList, *, now: datetime) -> None:
    event = StatusListChanged(status_list_id=status_list.id, code=status_list.code)
    outbox.append(session, event, now=now)


def _open_list(session: Session, *, purpose: StatusPurpose, seal: Seal, now: datetime) -> StatusList:
    """The open list, made where there is none; two at once make one."""
    code = new_code(8).lower()
    row = {
        "id": new_id(),
        "code": code,
        "purpose": purpose,
        "is_open": True,
        "document": _signed(session, code, purpose, {}, seal=seal, now=now),
        "signed_at": now,
        "valid_until": now + LIST_VALIDITY,
    }
    made = insert(StatusList).values(row).on_conflict_do_nothing().returning(StatusList.id)
    is_new = session.scalars(made).one_or_none() is not None
    status_list = find_open_list(session, purpose=purpose)
    assert status_list is not None  # either this transaction or the one it waited for has made it
    if is_new:
        _have_published(session, status_list, now=now)
    return status_list


def _signed(
    session: Session, code: str, purpose: StatusPurpose, values: Mapping[int, int], *, seal: Seal, now: datetime
) -> str:
    if purpose is StatusPurpose.WALLET:
        return seal_status_token(
            values,
            url=seal.wallet_status_url(code),
            issuer=seal.base_url,
            key=present_key(session, purpose=KeyPurpose.WALLET, seal=seal, now=now),
            now=now,
            valid_until=now + LIST_VALIDITY,
        )
    credential = StatusListCredential(
        url=seal.status_url(code),
        issuer_did=seal.issuer.did,
        purpose=purpose,
        encoded_list=encode_list(values),
        valid_from=now,
        valid_until=now + LIST_VALIDITY,
    )
    key = present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal, now=now)
    return json.dumps(seal.sign(credential.to_document(), key=key, now=now), ensure_ascii=False)
