"""Where keys and status lists come from: files that were handed over, or the addresses that the credential names."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificates

from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.domain.errors import UploadTooLarge, UploadUnreadable
from services.certification.domain.verification import read_upload

_LIST_LIMIT = 512 * 1024


@dataclass
class Sources:
    """Documents by address. `mode`: `public` fetches over https, `local` asks this machine, `none` asks nobody.

    What was handed over is never fetched. What is fetched is bounded in size, time and place: see `reading.fetch`.
    """

    mode: str
    given: Mapping[str, bytes] = field(default_factory=dict)
    did_file: Path | None = None
    status_file: Path | None = None
    #: PEM with the X.509 certificate of the issuer's seal on PDF files.
    seal_file: Path | None = None
    _fetched: dict[str, bytes | None] = field(default_factory=dict)

    def did_document(self, did: str) -> dict[str, Any] | None:
        """The document of a `did:web`, or None where it is not to be had or is that of another identifier."""
        if self.did_file is not None:
            content: bytes | None = self.did_file.read_bytes()
        else:
            address = did_address(did)
            content = self._fetch(address) if address else None
        document = _read(content)
        return document if document is not None and document.get("id") == did else None

    def status_list(self, url: str) -> bytes | None:
        """What is served at the address of a status list, or None."""
        return self.status_file.read_bytes()[:_LIST_LIMIT] if self.status_file is not None else self._fetch(url)

    def sealing_points(self) -> set[str]:
        """The keys of the seal that was named, as compressed points in hex. Raises ValueError where it is no PEM."""
        certificates = load_pem_x509_certificates(self.seal_file.read_bytes()) if self.seal_file is not None else []
        keys = [certificate.public_key() for certificate in certificates[:1]]
        return {
            key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint).hex()
            for key in keys
            if isinstance(key, ec.EllipticCurvePublicKey)
        }

    def content(self, url: str) -> bytes | None:
        """Whatever a check of another issuer's badge asks for: the identifier's document, or the list."""
        if self.did_file is not None and url.endswith("/did.json"):
            return self.did_file.read_bytes()
        return self.status_list(url) if not url.endswith("/did.json") else self._fetch(url)

    def _fetch(self, url: str) -> bytes | None:
        if url in self._fetched:
            return self._fetched[url]
        self._fetched[url] = None if self.mode == "none" else self._ask(url)
        return self._fetched[url]

    def _ask(self, url: str) -> bytes | None:
        if self.mode == "local":
            url = url.replace("https://", "http://", 1)
        try:
            answer = run_isolated(Task.FETCH, facts={"url": url, "mode": self.mode})
        except (Busy, Refused):
            return None
        return base64.b64decode(answer["content"])


def did_address(did: str) -> str | None:
    """Where the document of a `did:web` lies (did:web, section 3.2); None for any other identifier."""
    method, _, rest = did.partition(":web:")
    if method != "did" or not rest:
        return None
    host, *path = (unquote(part) for part in rest.split(":"))
    if any(sign in part for part in (host, *path) for sign in "/?#@\\"):
        return None
    return f"https://{host}/{'/'.join(path)}/did.json" if path else f"https://{host}/.well-known/did.json"


def _read(content: bytes | None) -> dict[str, Any] | None:
    try:
        return read_upload(content) if content is not None else None
    except (UploadTooLarge, UploadUnreadable):
        return None


def read_list(content: bytes) -> dict[str, Any] | None:
    """A status list: larger than a credential may be, but of one simple form."""
    if len(content) > _LIST_LIMIT:
        return None
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
