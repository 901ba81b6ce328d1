"""What everything that signs looks like."""

from typing import Protocol

from services.certification.domain.errors import MessageTooLong, SigningKeyUnusable
from services.certification.domain.keys import KeyAlgorithm

__all__ = ["MessageTooLong", "Signer", "SigningKeyUnusable"]


class Signer(Protocol):
    """One private key, wherever it lies.

    `public_bytes` are 32 bytes of an Ed25519 key, or the 33 bytes of a compressed P-256 point. `sign` gives 64 bytes:
    the Ed25519 signature, or r and s of 32 bytes each (IEEE P1363, as JOSE writes it) over the SHA-256 of the message.
    Both raise SigningKeyUnusable within seconds where the key cannot be reached, and have then done nothing; `sign`
    raises MessageTooLong where it will never sign so long a message.
    """

    @property
    def algorithm(self) -> KeyAlgorithm: ...

    @property
    def public_bytes(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...
