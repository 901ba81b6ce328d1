"""The proofs with which a wallet shows that it holds the keys that its copies are to be bound to (section F.1)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from openvc.errors import OpenvcError
from openvc.openid4vci import ProofReplayed, verify_credential_request_proofs

from services.certification.domain.errors import WalletRefused
from services.certification.domain.wallet import BATCH_SIZE, WalletError

#: The one algorithm that every wallet of the European profile knows.
PROOF_ALGORITHMS = ("ES256",)
_PUBLIC_MEMBERS = ("kty", "crv", "x", "y")


def holder_keys(
    request: dict[str, Any], *, issuer: str, consume_nonce: Callable[[str], bool], now: datetime
) -> list[dict[str, str]]:
    """The public keys that a credential request proves, none of them twice.

    `consume_nonce` is called once, after every signature was found right, and says whether the challenge was ours,
    fresh and unused. Raises WalletRefused; then no key of the request counts.
    """
    try:
        proofs = verify_credential_request_proofs(
            request,
            credential_issuer=issuer,
            check_nonce=consume_nonce,
            allowed_algs=frozenset(PROOF_ALGORITHMS),
            batch_size=BATCH_SIZE,
            now=now,
        )
    except ProofReplayed as error:
        raise WalletRefused(error=WalletError.INVALID_NONCE, reason="nonce used, expired or not ours") from error
    except OpenvcError as error:
        raise WalletRefused(error=WalletError.INVALID_PROOF, reason=type(error).__name__) from error
    return [{name: proof.public_jwk[name] for name in _PUBLIC_MEMBERS} for proof in proofs]
