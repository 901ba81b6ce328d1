"""The programme's seal: who signs, with which key, and the addresses that signed documents bear."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.certification.adapters.proofs import add_proof, multikey
from services.certification.adapters.signer import Signer
from services.certification.domain.credential import Issuer


@dataclass(frozen=True)
class Seal:
    """Everything that signing needs; made once per process from the settings."""

    issuer: Issuer
    programme_name: str
    base_url: str
    key_code: str
    signer: Signer

    @property
    def public_key(self) -> str:
        """The public half of the present key, as a Multikey."""
        return multikey(self.signer.public_bytes)

    @property
    def method(self) -> str:
        """The full address of the present key."""
        return f"{self.issuer.did}#{self.key_code}"

    def sign(self, document: dict[str, Any], *, now: datetime) -> dict[str, Any]:
        """The document with the programme's proof."""
        return add_proof(document, signer=self.signer, method=self.method, now=now)

    def verification_url(self, number: str) -> str:
        """The public page of a certificate or pass."""
        return f"{self.base_url}/v/{number}"

    def achievement_url(self, level_code: str) -> str:
        """The public page of what a level demands."""
        return f"{self.base_url}/certification/achievements/{level_code}"

    def status_url(self, list_code: str) -> str:
        """The public address of a status list."""
        return f"{self.base_url}/certification/status/{list_code}"
