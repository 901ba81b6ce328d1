"""Makes the keys of one `var/`: a program of its own, because only it needs third-party packages.

`python -m shared.devkit.runner.keys FOLDER` writes, where absent:
  identity.json       the Ed25519 key with which enrollment signs who is signed in (JWK)
  signing.json        the Ed25519 key that signs credentials (JWK)
  wallet.json         the P-256 key that signs credentials for wallets (JWK)
  documents.json      the P-256 key that seals PDF files (JWK), with its X.509 certificate in documents-chain.pem
  signing-keys.json   the list of the last three, as certification reads it
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from joserfc.jwk import ECKey, OKPKey

from shared.devkit.runner.layout import write_json

_LIST = {
    "keys": [
        {"code": "key-2026-1", "purpose": "credentials", "store": "file", "path": "signing.json"},
        {"code": "wallet-2026-1", "purpose": "wallet", "store": "file", "path": "wallet.json"},
        {
            "code": "seal-2026-1",
            "purpose": "documents",
            "store": "file",
            "path": "documents.json",
            "chain": "documents-chain.pem",
        },
    ]
}
_TEN_YEARS = timedelta(days=3_653)


def create_missing_keys(folder: Path) -> None:
    """Leave existing keys alone: certificates already given out are checked against them."""
    for name in ("identity.json", "signing.json"):
        if not (folder / name).exists():
            write_json(folder / name, dict(OKPKey.generate_key("Ed25519", auto_kid=True).as_dict(private=True)))
    for name in ("wallet.json", "documents.json"):
        if not (folder / name).exists():
            write_json(folder / name, dict(ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True)))
    chain = folder / "documents-chain.pem"
    if not chain.exists():
        key = ECKey.import_key(json.loads((folder / "documents.json").read_text(encoding="utf-8"))).private_key
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        chain.write_bytes(_demo_chain(key))
    if not (folder / "signing-keys.json").exists():
        write_json(folder / "signing-keys.json", _LIST)


def _demo_chain(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The certificate of the sealing key, then that of an authority made only to sign it. Nobody else trusts either."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _named("MEMO Demo CA (not qualified)")
    root = _certificate(authority, authority, authority_key, authority_key, is_authority=True)
    seal = _certificate(_named("MEMO Demo Seal (not qualified)"), authority, key, authority_key, is_authority=False)
    return seal.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + _TEN_YEARS)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority,
                content_commitment=not is_authority,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                **usage,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


if __name__ == "__main__":
    create_missing_keys(Path(sys.argv[1]))
