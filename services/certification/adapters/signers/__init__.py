"""The port of all signatures: bytes in, signature out. Behind it a file, a token or a service."""

from services.certification.adapters.signers.port import Signer, SigningKeyUnusable

__all__ = ["Signer", "SigningKeyUnusable"]
