"""The identity cookie: made by enrollment alone, checked by every service with its public key.

A JWT (RFC 7519), signed with Ed25519 (RFC 8037), with these claims: `sub` person id, `sv` session version, `amr` the
ways in which the person has shown who they are (RFC 8176: pwd, otp, swk …, here Method), `iat`, `exp`, `jti`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from flask import Request
from flask_login import UserMixin
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy.orm import Session

from shared.config import Settings
from shared.kernel.actor import Actor

#: joserfc's name of the algorithm; RFC 9864 replaces the older, ambiguous "EdDSA".
ALGORITHM = "Ed25519"


class Method(StrEnum):
    """A way of showing who one is."""

    PASSWORD = "pwd"  # noqa: S105 (a method's name)
    LINK = "link"
    SLIP = "slip"
    PASSKEY = "passkey"
    ONE_TIME_CODE = "otp"


#: Ways that count as a second factor. A passkey asks for the device and for a finger, face or PIN: two at once.
SECOND_FACTORS = frozenset({Method.PASSKEY, Method.ONE_TIME_CODE})


@dataclass(frozen=True)
class Identity:
    """A checked cookie. Instants are aware, UTC."""

    person_id: UUID
    session_version: int
    methods: frozenset[Method]
    issued_at: datetime
    expires_at: datetime
    token_id: str

    def is_half_over(self, now: datetime) -> bool:
        """Whether more than half of its life is behind it, so that it should be renewed."""
        return now - self.issued_at > self.expires_at - now

    @property
    def has_second_factor(self) -> bool:
        """Whether one of the ways counts as a second factor."""
        return bool(self.methods & SECOND_FACTORS)


@dataclass(frozen=True)
class SignedInPerson(UserMixin):
    """A person as a service's own database knows one; what flask-login calls the user."""

    id: UUID
    display_name: str
    language: str
    session_version: int
    actor: Actor
    identity: Identity | None = field(default=None, compare=False)

    def get_id(self) -> str:
        """flask-login's name of the person."""
        return str(self.id)

    def signed_in_by(self, identity: Identity) -> "SignedInPerson":
        """The person of this request: roles count as the cookie's ways of signing in allow."""
        actor = replace(self.actor, has_second_factor=identity.has_second_factor)
        return replace(self, actor=actor, identity=identity)


@dataclass(frozen=True)
class SignedInMachine(UserMixin):
    """A program that came with an API token instead of a cookie; it comes to JSON doors only."""

    id: UUID
    display_name: str
    actor: Actor
    #: No language of its own: the request says which one it reads.
    language: str = ""
    identity: Identity | None = field(default=None, compare=False)

    def get_id(self) -> str:
        """flask-login's name of the machine."""
        return str(self.id)


#: A service's way to its own copy of a person: None where it has none, or the account is closed.
LoadPerson = Callable[[Session, UUID], SignedInPerson | None]
#: A service's way to the machine of a token's secret at an instant: None where the secret counts for nothing.
LoadMachine = Callable[[Session, str, datetime], SignedInMachine | None]


class IdentityKeys:
    """The public keys that cookies are checked with; several while a key is being changed."""

    def __init__(self, jwk_set: str) -> None:
        self._keys = KeySet.import_key_set(json.loads(jwk_set))

    def verify(self, token: str, *, now: datetime) -> Identity | None:
        """The identity in a token, or None where it is forged, malformed or expired."""
        try:
            claims = jwt.decode(token, self._keys, algorithms=[ALGORITHM]).claims
            identity = Identity(
                person_id=UUID(str(claims["sub"])),
                session_version=int(claims["sv"]),
                methods=frozenset(Method(value) for value in claims["amr"]),
                issued_at=datetime.fromtimestamp(claims["iat"], UTC),
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
                token_id=str(claims["jti"]),
            )
        except (JoseError, KeyError, ValueError, TypeError, OverflowError, OSError, RecursionError):
            return None
        return identity if identity.issued_at.timestamp() - 60 <= now.timestamp() < claims["exp"] else None


def cookie_name(settings: Settings) -> str:
    """`__Host-memo_identity`; on a machine that is reached by plain http browsers refuse that prefix."""
    return "__Host-memo_identity" if settings.is_https else "memo_identity"


def token_of(request: Request, settings: Settings) -> str | None:
    """The identity token that the browser sent."""
    return request.cookies.get(cookie_name(settings))
