"""Minting of the identity cookie's token. Enrollment alone has the private key; shared/web/identity.py checks it."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

from services.enrollment.domain.sign_in import SESSION_LIFE, SignedIn

_ALGORITHM = "Ed25519"


@dataclass(frozen=True)
class IdentityToken:
    """A signed token, and when it ends."""

    value: str
    expires_at: datetime


def mint(signed_in: SignedIn, *, private_key: str, signed_in_at: datetime, now: datetime) -> IdentityToken:
    """A token for the identity cookie: the claims of shared/web/identity.py, and `auth_time` (OpenID Connect Core 1.0).

    `private_key` is a JWK (RFC 8037); its `kid` travels in the header, so that keys can be changed one by one.
    """
    key = OKPKey.import_key(json.loads(private_key))
    expires_at = now + SESSION_LIFE
    claims = {
        "sub": str(signed_in.person_id),
        "sv": signed_in.session_version,
        "amr": sorted(method.value for method in signed_in.methods),
        "auth_time": int(signed_in_at.timestamp()),
        "iat": int(now.timestamp()),
        "exp": int(expires_at.timestamp()),
        "jti": uuid4().hex,
    }
    token = jwt.encode({"alg": _ALGORITHM, "kid": key.kid}, claims, key, algorithms=[_ALGORITHM])
    return IdentityToken(token, expires_at)


def signed_in_at(token: str) -> datetime:
    """When the person of a token that has been checked already signed in."""
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return datetime.fromtimestamp(claims.get("auth_time", claims["iat"]), UTC)
