"""A passkey authenticator in software, written from the WebAuthn specification, so that ceremonies can be tested."""

import hashlib
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _bytes(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


class Authenticator:
    """One device with one passkey. `verifies` says whether it asks for a finger, a face or a PIN."""

    def __init__(self, *, origin: str, verifies: bool = True) -> None:
        self.origin = origin
        self.flags = _PRESENT | (_VERIFIED if verifies else 0)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.user_handle = b""
        self.counter = 0

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """What navigator.credentials.create() answers, as JSON."""
        self.user_handle = _bytes(options["user"]["id"])
        numbers = self.key.public_key().public_numbers()
        public_key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        attested = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + public_key
        data = self._data(options["rp"]["id"], self.flags | _ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client_data = self._client_data("webauthn.create", options["challenge"])
        return self._credential({"clientDataJSON": _text(client_data), "attestationObject": _text(attestation)})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What navigator.credentials.get() answers, as JSON."""
        self.counter += 1
        data = self._data(options["rpId"], self.flags)
        client_data = self._client_data("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": _text(client_data),
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": _text(self.user_handle),
            }
        )

    def _data(self, rp_id: str, flags: int) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: dict[str, str]) -> dict[str, Any]:
        return {
            "id": _text(self.credential_id),
            "rawId": _text(self.credential_id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
