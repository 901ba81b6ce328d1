"""The arithmetic of the issuance log: commitments that hide what they bind, and lines that hold each other."""

import hashlib
from datetime import datetime
from enum import StrEnum

#: What stands before the first line.
START = "0" * 64


class LogKind(StrEnum):
    """What a line of the log records."""

    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_REVOKED = "certificate_revoked"
    KEY_ADDED = "key_added"
    PASS_CHANGED = "pass_changed"  # noqa: S105


def commitment(content: str, *, salt: str) -> str:
    """A salted SHA-256: it binds the content, and says nothing of it to whoever lacks the salt."""
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def entry_hash(*, position: int, kind: LogKind, content: str, recorded_at: datetime, previous: str) -> str:
    """The hash of one line over everything in it and the line before."""
    line = "\n".join([str(position), kind.value, content, recorded_at.isoformat(), previous])
    return hashlib.sha256(line.encode()).hexdigest()
