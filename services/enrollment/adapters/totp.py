"""Authenticator apps: shared secrets, their codes (RFC 6238), and how secrets lie in the database."""

import base64
import hashlib
import hmac
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.enrollment.domain.second_factor import TIME_STEP_SECONDS
from shared.kernel.ids import normalise_code

#: The name that the app shows above the code.
_ISSUER = "MEMO"
#: A code of the step before or after is taken too: clocks of phones differ.
_STEPS_AROUND = (-1, 0, 1)


def new_secret() -> str:
    """A fresh shared secret, in base 32 as apps expect it."""
    return pyotp.random_base32()


def provisioning_address(secret: str, *, account: str) -> str:
    """The otpauth:// address that an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=_ISSUER)


def accepted_step(secret: str, typed: str, *, last_step: int, now: datetime) -> int | None:
    """The number of the time step whose code was typed, or None; steps up to `last_step` are used up."""
    present = int(now.timestamp()) // TIME_STEP_SECONDS
    code = "".join(letter for letter in typed if letter.isdigit())
    generator = pyotp.TOTP(secret)
    for step in (present + around for around in _STEPS_AROUND):
        if step > last_step and hmac.compare_digest(generator.at(step * TIME_STEP_SECONDS), code):
            return step
    return None


def encrypt(secret: str, *, key: str) -> str:
    """The secret as it is stored; `key` is the service's secret key."""
    return _fernet(key).encrypt(secret.encode()).decode()


def decrypt(ciphertext: str, *, key: str) -> str:
    """The secret as the app knows it. Raises cryptography.fernet.InvalidToken where the key was changed."""
    return _fernet(key).decrypt(ciphertext.encode()).decode()


def recovery_fingerprint(code: str, *, key: str) -> str:
    """What is stored of a recovery code; keyed, because 55 bits alone could be tried out by whoever has the table."""
    return hmac.new(_derive(key, b"recovery codes"), normalise_code(code).encode(), hashlib.sha256).hexdigest()


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(key, b"second factors")))


def _derive(key: str, purpose: bytes) -> bytes:
    """One key per purpose from the service's secret key (HKDF, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"memo " + purpose).derive(key.encode())
