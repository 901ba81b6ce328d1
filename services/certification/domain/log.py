"""The trust log: what its entries record, and how an entry binds a fact without telling it."""

import hashlib
from datetime import UTC, datetime
from enum import StrEnum


class LogKind(StrEnum):
    """What an entry of the log records."""

    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REISSUED = "certificate_reissued"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_RESTORED = "certificate_restored"
    CERTIFICATE_REVOKED = "certificate_revoked"
    PASS_CHANGED = "pass_changed"
    PASS_ISSUED = "pass_issued"
    PASS_SUSPENDED = "pass_suspended"
    PASS_RESTORED = "pass_restored"
    PASS_ENDED = "pass_ended"
    KEY_ADDED = "key_added"
    KEY_RETIRED = "key_retired"
    KEY_REVOKED = "key_revoked"


#: The first line of every leaf: a later form of the leaf can never be taken for this one.
_LEAF_FORM = "memo-log-entry/1"


def commitment(content: str, *, salt: str) -> str:
    """A salted SHA-256: it binds the content, and says nothing of it to whoever lacks the salt."""
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def leaf_of(*, kind: LogKind, bound: str, recorded_at: datetime) -> bytes:
    """What is hashed into the tree for an entry: four lines, each with its end.

    The form's name, the kind, the commitment in hexadecimal, the instant in UTC with microseconds.
    """
    instant = recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{_LEAF_FORM}\n{kind.value}\n{bound}\n{instant}\n".encode()
