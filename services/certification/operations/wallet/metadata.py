"""What is public: what we issue to wallets, how it looks there, and which keys sign it."""

from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wallet.proofs import PROOF_ALGORITHMS
from services.certification.adapters.wallet.sealing import public_jwk
from services.certification.adapters.wallet.words import (
    LOCALES,
    certificate_name,
    described_claims,
    displays,
)
from services.certification.adapters.wording import sentences
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.status import StatusPurpose
from services.certification.domain.wallet import BATCH_SIZE, PRE_AUTHORIZED, configuration_id
from services.certification.domain.wallet_credential import CLAIMS
from services.certification.models import LevelCopy
from services.certification.queries.keys import list_verifying_keys
from services.certification.queries.programme import get_level, list_levels
from services.certification.queries.status import get_list
from shared.kernel.errors import NotFound

_Document = dict[str, Any]


def describe_issuer(session: Session, *, seal: Seal) -> _Document:
    """The credential issuer metadata of OpenID4VCI 1.0, section 12.2: one credential for each level."""
    return {
        "credential_issuer": seal.base_url,
        "credential_endpoint": seal.wallet_endpoint("credential"),
        "nonce_endpoint": seal.wallet_endpoint("nonce"),
        "notification_endpoint": seal.wallet_endpoint("notification"),
        "batch_credential_issuance": {"batch_size": BATCH_SIZE},
        "display": [{"name": seal.issuer.name, "locale": locale} for locale in LOCALES],
        "credential_configurations_supported": {
            configuration_id(level.code): _configuration(level, seal) for level in list_levels(session)
        },
    }


def describe_authorisation(*, seal: Seal) -> _Document:
    """The authorization server metadata (RFC 8414): the pre-authorized code grant and nothing else."""
    return {
        "issuer": seal.base_url,
        "token_endpoint": seal.wallet_endpoint("token"),
        "grant_types_supported": [PRE_AUTHORIZED],
        "token_endpoint_auth_methods_supported": ["none"],
        "authorization_details_types_supported": ["openid_credential"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def describe_wallet_keys(session: Session, *, seal: Seal) -> _Document:
    """The keys behind our credentials in wallets, for whoever is shown one (JWT VC Issuer Metadata)."""
    keys = list_verifying_keys(session, purposes={KeyPurpose.WALLET})
    return {
        "issuer": seal.base_url,
        "jwks": {"keys": [public_jwk(key.multibase, code=key.code) for key in keys]},
    }


def read_status_list(session: Session, *, code: str) -> str:
    """The signed status list of wallets of a public code. Raises NotFound."""
    status_list = get_list(session, code=code)
    if status_list.purpose is not StatusPurpose.WALLET:
        raise NotFound(kind="status_list")
    return status_list.document


def describe_type(session: Session, *, level_code: str, seal: Seal) -> _Document:
    """The type of a level's credential (SD-JWT VC Type Metadata). Raises NotFound."""
    level = get_level(session, code=level_code)
    claims = [
        claim | {"sd": "always" if CLAIMS[claim["path"][0]] else "never"} for claim in described_claims(label="label")
    ]
    logo = seal.achievement_url(level.code) + "/badge.svg"
    return {
        "vct": seal.wallet_type_url(level.code),
        "name": level.title,
        "display": [
            {
                "locale": look["locale"],
                "name": look["name"],
                "rendering": {
                    "simple": {
                        "logo": {"uri": logo, "alt_text": look["name"]},
                        "background_color": look["background_color"],
                        "text_color": look["text_color"],
                    }
                },
            }
            for look in _looks(level, seal)
        ],
        "claims": claims,
    }


def _configuration(level: LevelCopy, seal: Seal) -> _Document:
    return {
        "format": "dc+sd-jwt",
        "vct": seal.wallet_type_url(level.code),
        "scope": configuration_id(level.code),
        "cryptographic_binding_methods_supported": ["jwk"],
        "credential_signing_alg_values_supported": ["ES256"],
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": list(PROOF_ALGORITHMS)}},
        "credential_metadata": {"display": _looks(level, seal), "claims": described_claims(label="name")},
    }


def _looks(level: LevelCopy, seal: Seal) -> list[_Document]:
    titles = [(locale, certificate_name(sentences(locale), level.title)) for locale in LOCALES]
    return displays(titles, logo_url=seal.achievement_url(level.code) + "/badge.svg")
