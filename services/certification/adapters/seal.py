"""The programme's seal: who signs, with which keys, and the addresses that signed documents bear."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.certification.adapters.keyring import Keyring, SealingKey
from services.certification.adapters.proofs import add_proof
from services.certification.adapters.timestamp_authority import TimestampAuthority
from services.certification.domain.credential import Issuer


@dataclass(frozen=True)
class Seal:
    """Everything that signing needs; made once per process from the settings.

    Which of the keys signs is not known here but in the database: see `operations.keys.present_key`.
    """

    issuer: Issuer
    programme_name: str
    base_url: str
    keyring: Keyring
    #: Who confirms when a document was sealed; None where nobody is asked.
    timestamps: TimestampAuthority | None = None

    def sign(self, document: dict[str, Any], *, key: SealingKey, now: datetime) -> dict[str, Any]:
        """The document with the programme's proof."""
        return add_proof(document, key=key, now=now)

    def verification_url(self, number: str) -> str:
        """The public page of a certificate or pass."""
        return f"{self.base_url}/v/{number}"

    def achievement_url(self, level_code: str) -> str:
        """The public page of what a level demands."""
        return f"{self.base_url}/certification/achievements/{level_code}"

    def status_url(self, list_code: str) -> str:
        """The public address of a status list."""
        return f"{self.base_url}/certification/status/{list_code}"

    def test_status_url(self, purpose: str) -> str:
        """The public address of test mode's status list of a purpose."""
        return f"{self.base_url}/api/certification/vc-api/test/status/{purpose}"

    def wallet_offer_url(self, reference: str) -> str:
        """Where a wallet reads an offer."""
        return f"{self.wallet_endpoint('offers')}/{reference}"

    def wallet_endpoint(self, name: str) -> str:
        """Where a wallet's software asks for a token, a challenge, a credential."""
        return f"{self.base_url}/api/certification/wallet/{name}"

    def wallet_type_url(self, level_code: str) -> str:
        """The type of a level's credential in wallets."""
        return f"{self.base_url}/certification/wallet/types/{level_code}"

    def wallet_status_url(self, list_code: str) -> str:
        """The public address of a status list of wallets."""
        return f"{self.base_url}/certification/wallet/status/{list_code}"
