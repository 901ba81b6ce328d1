"""Private keys in a hardware security module, or in SoftHSM: PKCS #11 v2.40 with EdDSA of v3.0.

All keys of one token share a session, for signing in holds for the whole process. A session that is lost (the module
was restarted, the token pulled out and put back) is opened again once for each signature; what stalls is given up.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PKCS11Error, UserAlreadyLoggedIn

from services.certification.adapters.signers.patience import CallStalls, PatientLine
from services.certification.adapters.signers.port import SigningKeyUnusable
from services.certification.domain.keys import KeyAlgorithm
from shared.observability.logs import get_logger

logger = get_logger(__name__)

Result = TypeVar("Result")

_KINDS = {KeyAlgorithm.ED25519: pkcs11.KeyType.EC_EDWARDS, KeyAlgorithm.P256: pkcs11.KeyType.EC}
#: The tag of an OCTET STRING in DER; neither kind of point is long enough for a second byte of length.
_OCTET_STRING = 0x04
#: What a module raises, and what reading the PIN does.
_FAILURES = (PKCS11Error, OSError, ValueError)


class Token:
    """One token with one signed-in session, for one thread at a time and for a limited time."""

    def __init__(self, module: Path, label: str, pin_file: Path, seconds: float) -> None:
        self._module, self._label, self._pin_file = module, label, pin_file
        self._line = _line_of(module, seconds)
        self._session: pkcs11.Session | None = None
        #: A PIN that was wrong. It is not tried twice: a token locks itself after a few wrong ones.
        self._wrong_pin: str | None = None
        #: What was looked up in the present session; of no use in another.
        self._found: dict[tuple[KeyAlgorithm, str], Any] = {}

    def public_point(self, algorithm: KeyAlgorithm, label: str) -> bytes:
        """The EC_POINT of a public key. Raises SigningKeyUnusable."""
        kind = pkcs11.ObjectClass.PUBLIC_KEY
        return self._use(lambda session: _find(session, kind, algorithm, label)[pkcs11.Attribute.EC_POINT])

    def sign(self, algorithm: KeyAlgorithm, label: str, message: bytes) -> bytes:
        """64 bytes. Raises SigningKeyUnusable."""
        if algorithm is KeyAlgorithm.ED25519:
            return self._use(
                lambda session: self._private(session, algorithm, label).sign(message, mechanism=pkcs11.Mechanism.EDDSA)
            )
        digest = hashlib.sha256(message).digest()
        return self._use(
            lambda session: self._private(session, algorithm, label).sign(digest, mechanism=pkcs11.Mechanism.ECDSA)
        )

    def _use(self, work: Callable[["pkcs11.Session"], Result]) -> Result:
        try:
            return self._line.call(lambda: self._try_twice(work))
        except CallStalls as error:
            raise self._unusable("it does not answer") from error
        except _FAILURES as error:
            reason = str(error) if isinstance(error, ValueError) else type(error).__name__
            raise self._unusable(reason) from error

    def _try_twice(self, work: Callable[["pkcs11.Session"], Result]) -> Result:
        """Once more in a new session: a lost one shows only when it is used."""
        had_session = self._session is not None
        try:
            return work(self._session or self._open())
        except PKCS11Error as error:
            if not had_session:
                self._forget()
                raise
            logger.warning("hsm_session_lost", token=self._label, error=type(error).__name__)
            self._forget()
            return work(self._open())

    def _open(self) -> "pkcs11.Session":
        pin = self._pin_file.read_text(encoding="utf-8").strip()
        if pin == self._wrong_pin:
            raise ValueError("its PIN was refused before")
        token = pkcs11.lib(str(self._module)).get_token(token_label=self._label)
        try:
            self._session = token.open(user_pin=pin)
        except (PinIncorrect, PinLenRange, PinInvalid):
            self._wrong_pin = pin
            raise
        except UserAlreadyLoggedIn:
            # Another token object of this process has signed in, and that holds for the whole process.
            self._session = token.open()
        return self._session

    def _forget(self) -> None:
        """Let go of the session and of the module's state, which lists tokens as they were when it was loaded."""
        self._session, self._found = None, {}
        try:
            pkcs11.lib(str(self._module)).reinitialize()
        except PKCS11Error as error:
            logger.warning("hsm_module_not_restarted", token=self._label, error=type(error).__name__)

    def _private(self, session: "pkcs11.Session", algorithm: KeyAlgorithm, label: str) -> Any:
        found = self._found.get((algorithm, label))
        if found is None:
            found = _find(session, pkcs11.ObjectClass.PRIVATE_KEY, algorithm, label)
            self._found[(algorithm, label)] = found
        return found

    def _unusable(self, reason: str) -> SigningKeyUnusable:
        logger.error("hsm_unusable", token=self._label, reason=reason)
        return SigningKeyUnusable(f"token {self._label}: {reason}")


@dataclass(frozen=True)
class TokenSigner:
    """One key pair of a token, known by the label that both halves bear."""

    token: Token
    label: str
    algorithm: KeyAlgorithm

    @cached_property
    def public_bytes(self) -> bytes:
        return _plain_point(self.token.public_point(self.algorithm, self.label), self.algorithm)

    def sign(self, message: bytes) -> bytes:
        return self.token.sign(self.algorithm, self.label, message)


@cache
def _line_of(module: Path, seconds: float) -> PatientLine:
    """One line for all tokens of a module: it is restarted as a whole, and nobody may be in it then."""
    return PatientLine(seconds=seconds, expected=_FAILURES)


@cache
def open_token(module: Path, label: str, pin_file: Path, seconds: float) -> Token:
    """The token; nothing is asked of it before its first use, so that a process starts without it."""
    return Token(module, label, pin_file, seconds)


def _find(session: "pkcs11.Session", kind: pkcs11.ObjectClass, algorithm: KeyAlgorithm, label: str) -> Any:
    """The one object of a label, searched to the end: a search that is left half done outlives its session."""
    session.generate_random(8)  # Raises where the session is lost; a search that begins in a lost one never ends.
    wanted = {
        pkcs11.Attribute.CLASS: kind,
        pkcs11.Attribute.KEY_TYPE: _KINDS[algorithm],
        pkcs11.Attribute.LABEL: label,
    }
    found = list(session.get_objects(wanted))
    if len(found) != 1:
        raise ValueError(f"{len(found)} objects are {kind.name} {label}")
    return found[0]


def _plain_point(point: bytes, algorithm: KeyAlgorithm) -> bytes:
    """A point as the port wants it. Modules wrap it into an OCTET STRING, as the standard says, or do not."""
    if point[:2] == bytes([_OCTET_STRING, len(point) - 2]):
        point = point[2:]
    if algorithm is KeyAlgorithm.ED25519:
        if len(point) != 32:
            raise SigningKeyUnusable("the token's public key is no Ed25519 key")
        return point
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise SigningKeyUnusable("the token's public key is no P-256 key") from error
    return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
