"""Identity cookies made by the test itself, so that what enrollment mints is checked against another maker."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.kernel.clock import utc_now

KEY = OKPKey.generate_key("Ed25519", {"kid": "test-1", "alg": "Ed25519"})
STRANGERS_KEY = OKPKey.generate_key("Ed25519", {"kid": "test-1", "alg": "Ed25519"})

PUBLIC_KEYS = json.dumps({"keys": [KEY.as_dict(private=False)]})
PRIVATE_KEY = json.dumps(KEY.as_dict(private=True))


def token(
    person_id: UUID,
    *,
    methods: tuple[str, ...] = ("pwd", "otp"),
    session_version: int = 1,
    issued_at: datetime | None = None,
    key: OKPKey = KEY,
) -> str:
    """The value of an identity cookie."""
    issued_at = issued_at or utc_now() - timedelta(seconds=1)
    claims = {
        "sub": str(person_id),
        "sv": session_version,
        "amr": list(methods),
        "iat": int(issued_at.timestamp()),
        "exp": int((issued_at + timedelta(hours=12)).timestamp()),
        "jti": uuid4().hex,
    }
    return jwt.encode({"alg": "Ed25519", "kid": "test-1"}, claims, key, algorithms=["Ed25519"])
