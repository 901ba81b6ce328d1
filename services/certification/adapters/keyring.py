"""The private keys that this process can use, as a file of the operators lists them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.certification.adapters.multikey import multikey
from services.certification.adapters.signers import Signer, SigningKeyUnusable
from services.certification.adapters.signers.file import open_key_file
from services.certification.adapters.signers.kms import KmsSigner
from services.certification.adapters.signers.pkcs11 import TokenSigner, open_token
from services.certification.domain.keys import ALGORITHMS, KeyAlgorithm, KeyPurpose, is_key_code
from shared.kms import KmsKey


@dataclass(frozen=True)
class SealingKey:
    """One private key under its name within our identifier, such as `key-2026-1`."""

    code: str
    purpose: KeyPurpose
    signer: Signer
    #: The DID address of the key: `did:web:…#key-2026-1`.
    method: str
    #: PEM file with the X.509 certificate of the key and those above it; only for documents.
    chain_file: Path | None = None

    @property
    def multibase(self) -> str:
        """The public half as a Multikey."""
        return multikey(self.signer.algorithm, self.signer.public_bytes)


@dataclass(frozen=True)
class Keyring:
    """The keys by name, in the order of the file."""

    keys: Mapping[str, SealingKey] = field(default_factory=dict)

    def find(self, code: str) -> SealingKey | None:
        """The key of a name."""
        return self.keys.get(code)

    def has(self, purpose: KeyPurpose) -> bool:
        """Whether there is a key of a purpose."""
        return any(key.purpose is purpose for key in self.keys.values())

    def newest(self, purpose: KeyPurpose) -> SealingKey:
        """The last key of a purpose in the file. Raises SigningKeyUnusable where there is none."""
        fitting = [key for key in self.keys.values() if key.purpose is purpose]
        if not fitting:
            raise SigningKeyUnusable(f"no signing key for {purpose}")
        return fitting[-1]


def _open_token_key(entry: Mapping[str, Any], folder: Path, algorithm: KeyAlgorithm) -> Signer:
    token = open_token(
        Path(entry["module"]),
        entry["token"],
        folder / entry["pin_file"],
        float(entry.get("seconds", _PATIENCE_SECONDS)),
    )
    return TokenSigner(token=token, label=entry["label"], algorithm=algorithm)


def _open_kms_key(entry: Mapping[str, Any], folder: Path, algorithm: KeyAlgorithm) -> Signer:
    named = entry.get("credentials_file")
    credentials = json.loads((folder / named).read_bytes()) if named else {}
    key = KmsKey(
        entry["key_id"],
        region=entry["region"],
        endpoint_url=entry.get("endpoint_url"),
        access_key=credentials.get("access_key"),
        secret_key=credentials.get("secret_key"),
    )
    return KmsSigner(key=key, algorithm=algorithm)


#: How long a token may take for one signature. Whoever signs holds locks meanwhile, for which others wait 4 seconds.
_PATIENCE_SECONDS = 3.0

#: store -> how its key is opened, given the entry, the folder that its paths are relative to, and what it must be.
#: Files are read at once; tokens and services are asked when their key is first used.
_STORES: Mapping[str, Callable[[Mapping[str, Any], Path, KeyAlgorithm], Signer]] = {
    "file": lambda entry, folder, _: open_key_file(folder / entry["path"]),
    "pkcs11": _open_token_key,
    "kms": _open_kms_key,
}


def open_keyring(path: Path, *, did: str) -> Keyring:
    """The keys that a JSON file lists: `{"keys": [{"code", "purpose", "store", …}]}`, see docs/operations/keys.md.

    Raises SigningKeyUnusable.
    """
    try:
        entries = json.loads(path.read_bytes())["keys"]
        keys = [_open(entry, path.parent, did=did) for entry in entries]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SigningKeyUnusable(f"{path}: {type(error).__name__}: {error}") from error
    if len({key.code for key in keys}) != len(keys):
        raise SigningKeyUnusable(f"{path}: a name stands twice")
    return Keyring({key.code: key for key in keys})


def _open(entry: Mapping[str, Any], folder: Path, *, did: str) -> SealingKey:
    purpose, code = KeyPurpose(entry["purpose"]), str(entry["code"])
    if not is_key_code(code):
        raise SigningKeyUnusable(f"{code}: names are of small letters, digits and dashes, and do not end with -jwk")
    signer = _STORES[entry["store"]](entry, folder, ALGORITHMS[purpose])
    if signer.algorithm is not ALGORITHMS[purpose]:
        raise SigningKeyUnusable(f"{code}: keys for {purpose} are {ALGORITHMS[purpose]}")
    chain = entry.get("chain")
    return SealingKey(
        code=code,
        purpose=purpose,
        signer=signer,
        method=f"{did}#{code}",
        chain_file=folder / chain if chain else None,
    )
