"""Somebody with a key of their own, who signs with a library that is not ours."""

import hashlib
import json
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from services.certification.adapters.contexts import context_folder
from services.certification.domain.credential import CONTEXTS

_FILES = dict(
    zip(CONTEXTS, ("credentials-v2.json", "ob-v3p0-context-3.0.3.json", "ob-v3p0-extensions.json"), strict=True)
)


def canonical_by_others(document: dict[str, Any]) -> bytes:
    """The canonical form as another library makes it."""

    def load(url: str, _: object) -> dict[str, Any]:
        content = json.loads((context_folder() / _FILES[url]).read_text("utf-8"))
        return {"document": content, "documentUrl": url, "contextUrl": None, "contentType": "application/ld+json"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load, "base": ""}
    lines: str = jsonld.normalize(document, options)
    return lines.encode()


class ForeignSigner:
    """A `did:key` and what it signs."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.name = "z" + base58.b58encode(b"\xed\x01" + self.key.public_key().public_bytes_raw()).decode()
        self.did = f"did:key:{self.name}"

    def prove(self, document: dict[str, Any], **more: Any) -> dict[str, Any]:
        """A proof (eddsa-rdfc-2022) of a document, to be put into it; `more` are members of the proof."""
        configuration = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-01-01T10:00:00Z",
            "verificationMethod": f"{self.did}#{self.name}",
            "proofPurpose": "assertionMethod",
        } | more
        parts = canonical_by_others(configuration | {"@context": document["@context"]}), canonical_by_others(document)
        signature = self.key.sign(b"".join(hashlib.sha256(part).digest() for part in parts))
        return configuration | {"proofValue": "z" + base58.b58encode(signature).decode()}
