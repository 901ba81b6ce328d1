"""Status lists: an index for each certificate, and a list that is signed anew when a bit changes."""

import json
import secrets
from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.credential import StatusListCredential
from services.certification.domain.status import INDEX_TRIES, LIST_LENGTH, StatusPurpose, encode_list
from services.certification.models import StatusList
from services.certification.queries.status import (
    find_open_list,
    is_index_taken,
    list_all_lists,
    list_set_indices,
    lock_list,
)
from shared.kernel.ids import new_code, new_id

#: How long a signed list may be relied on; it is signed anew every night.
LIST_VALIDITY = timedelta(days=7)


def allocate_index(session: Session, *, seal: Seal, now: datetime) -> tuple[StatusList, int]:
    """A random free index for revocation. The constraint on the pair catches two who draw the same at once."""
    status_list = find_open_list(session, purpose=StatusPurpose.REVOCATION) or _open_list(session, seal=seal, now=now)
    for _ in range(INDEX_TRIES):
        index = secrets.randbelow(LIST_LENGTH)
        if not is_index_taken(session, status_list_id=status_list.id, index=index):
            return status_list, index
    status_list.is_open = False
    session.flush()  # Only one list may be open, and the next one is about to be.
    return _open_list(session, seal=seal, now=now), secrets.randbelow(LIST_LENGTH)


def sign_list(session: Session, *, status_list: StatusList, seal: Seal, now: datetime) -> None:
    """Write the list as it follows from the certificates' states now. The row must be locked."""
    session.flush()  # The state that has just changed must be among what is read.
    indices = list_set_indices(session, status_list_id=status_list.id)
    status_list.document = _signed(status_list.code, indices, seal=seal, now=now)
    status_list.signed_at = now
    status_list.valid_until = now + LIST_VALIDITY


def sign_all_lists(session: Session, *, seal: Seal, now: datetime) -> int:
    """Sign every list anew, so that none grows too old to be relied on; how many."""
    list_ids = list_all_lists(session)
    for list_id in list_ids:
        sign_list(session, status_list=lock_list(session, status_list_id=list_id), seal=seal, now=now)
    return len(list_ids)


def _open_list(session: Session, *, seal: Seal, now: datetime) -> StatusList:
    """The open list, made where there is none; two at once make one."""
    code = new_code(8).lower()
    row = {
        "id": new_id(),
        "code": code,
        "purpose": StatusPurpose.REVOCATION,
        "is_open": True,
        "document": _signed(code, [], seal=seal, now=now),
        "signed_at": now,
        "valid_until": now + LIST_VALIDITY,
    }
    session.execute(insert(StatusList).values(row).on_conflict_do_nothing())
    status_list = find_open_list(session, purpose=StatusPurpose.REVOCATION)
    assert status_list is not None  # either this transaction or the one it waited for has made it
    return status_list


def _signed(code: str, indices: list[int], *, seal: Seal, now: datetime) -> str:
    url = seal.status_url(code)
    credential = StatusListCredential(
        url=url,
        issuer_did=seal.issuer.did,
        purpose=StatusPurpose.REVOCATION,
        encoded_list=encode_list(indices),
        valid_from=now,
        valid_until=now + LIST_VALIDITY,
    )
    return json.dumps(seal.sign(credential.to_document(), now=now), ensure_ascii=False)
