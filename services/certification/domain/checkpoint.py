"""Signed heads of the log: a checkpoint in a signed note, as other transparency logs publish theirs.

The text has a line each with the log's name, the number of leaves, and the root in base64, as C2SP's tlog-checkpoint
says; a fourth line is an extension that this format allows: `time` and the instant. An empty line and the signature
follow, as C2SP's signed-note says. Auditors and witnesses of other logs can read it.
"""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

#: The type of Ed25519 signatures in a signed note.
_ED25519 = b"\x01"
_LOG_PATH = "/certification/log"


@dataclass(frozen=True)
class TreeHead:
    """The log as it stood: how many leaves, and the root over them."""

    origin: str
    tree_size: int
    root_hash: bytes
    signed_at: datetime

    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(self.root_hash).decode()
        instant = self.signed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"{self.origin}\n{self.tree_size}\n{root}\ntime {instant}\n"

    def note(self, *, signature: bytes, public_bytes: bytes) -> str:
        """The signed note with one signature of an Ed25519 key."""
        signed = base64.b64encode(key_id(self.origin, public_bytes) + signature).decode()
        return f"{self.text()}\n— {self.origin} {signed}\n"


def origin_of(base_url: str) -> str:
    """The log's name: its address without the scheme."""
    return urlsplit(base_url).netloc.lower() + _LOG_PATH


def key_id(origin: str, public_bytes: bytes) -> bytes:
    """The four bytes by which a note names the key."""
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public_bytes).digest()[:4]


def verifier_key(origin: str, public_bytes: bytes) -> str:
    """The public key in the form that programs for signed notes take."""
    encoded = base64.b64encode(_ED25519 + public_bytes).decode()
    return f"{origin}+{key_id(origin, public_bytes).hex()}+{encoded}"
