"""Who a PDF is sealed by: the certificates of a key, and the signature container with two gaps in it.

A container (CMS SignedData, RFC 5652) of one key is always the same but for the digest of the file and the signature.
pyHanko makes it once, with the attributes that PAdES asks for (ETSI EN 319 142-1); for each file those two are put in.
Building it anew for each file takes longer than everything else about a seal together.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from asn1crypto import cms, pem, x509
from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.core import OctetString
from asn1crypto.parser import emit
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.signers import Signer as ContainerMaker
from pyhanko_certvalidator.registry import SimpleCertificateStore

from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.signers import Signer, SigningKeyUnusable

_DIGEST_GAP = bytes(range(32))
#: Bytes of an ECDSA signature with P-256 in DER: two integers of up to 33 bytes with their headers.
_LONGEST_SIGNATURE = 72
#: So is the name of a certificate marked that the dev kit made for itself.
_DEMONSTRATION = "not qualified"
_CONTEXT, _UNIVERSAL, _CONSTRUCTED = 2, 0, 1
_SEQUENCE, _SET = 16, 17


@dataclass(frozen=True)
class SealIdentity:
    """A key with its certificate. `chain` begins with the key's own certificate and ends with the highest."""

    signer: Signer
    chain: tuple[x509.Certificate, ...]
    container: "_Container"

    @property
    def is_demonstration(self) -> bool:
        """Whether the certificate says of itself that it means nothing outside a demonstration."""
        return _DEMONSTRATION in self.chain[0].subject.human_friendly

    @property
    def subject(self) -> str:
        """The name in the certificate."""
        return _name(self.chain[0].subject)

    @property
    def issuer(self) -> str:
        """Who issued the certificate."""
        return _name(self.chain[0].issuer)

    @property
    def starts_at(self) -> datetime:
        """From when on the certificate holds."""
        return self.chain[0].not_valid_before

    @property
    def ends_at(self) -> datetime:
        """Until when the certificate holds."""
        return self.chain[0].not_valid_after

    @property
    def container_digits(self) -> int:
        """Hexadecimal digits that the longest container of this key takes in a file."""
        longest = self.container.filled(self.container.attributes, bytes(_LONGEST_SIGNATURE))
        return 2 * len(longest)

    def container_for(self, digest: bytes) -> bytes:
        """The DER of the signature container over the SHA-256 digest of a file's byte range."""
        attributes = self.container.attributes.replace(_DIGEST_GAP, digest)
        # What is signed are the attributes as a SET, although they stand in the container under a tag of their own.
        raw = self.signer.sign(emit(_UNIVERSAL, _CONSTRUCTED, _SET, attributes))
        signature = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        return self.container.filled(attributes, signature)


@dataclass(frozen=True)
class _Container:
    """The parts of a container around its two gaps."""

    before_signer: bytes
    signer_before_attributes: bytes
    attributes: bytes
    signer_after_attributes: bytes

    def filled(self, attributes: bytes, signature: bytes) -> bytes:
        signer = _sequence(
            self.signer_before_attributes
            + emit(_CONTEXT, _CONSTRUCTED, 0, attributes)
            + self.signer_after_attributes
            + OctetString(signature).dump()
        )
        signed = _sequence(self.before_signer + emit(_UNIVERSAL, _CONSTRUCTED, _SET, signer))
        return _sequence(cms.ContentType("signed_data").dump() + emit(_CONTEXT, _CONSTRUCTED, 0, signed))


def open_identity(key: SealingKey) -> SealIdentity:
    """The identity of a key for documents; its certificates are read once. Raises SigningKeyUnusable."""
    if key.chain_file is None:
        raise SigningKeyUnusable(f"{key.code}: no certificate is named")
    chain, container = _read_chain(key.chain_file, key.signer.public_bytes)
    return SealIdentity(signer=key.signer, chain=chain, container=container)


@cache
def _read_chain(path: Path, public_bytes: bytes) -> tuple[tuple[x509.Certificate, ...], _Container]:
    try:
        chain = tuple(x509.Certificate.load(der) for _, _, der in pem.unarmor(path.read_bytes(), multiple=True))
        certified = load_der_x509_certificate(chain[0].dump()).public_key()
        point = certified.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    except (OSError, ValueError, TypeError, IndexError) as error:
        raise SigningKeyUnusable(f"{path}: {type(error).__name__}") from error
    if point != public_bytes:
        raise SigningKeyUnusable(f"{path}: the certificate belongs to another key")
    return chain, _container_of(chain)


def _container_of(chain: tuple[x509.Certificate, ...]) -> _Container:
    maker = _GapMaker(chain)
    made = asyncio.run(maker.async_sign(_DIGEST_GAP, "sha256", use_pades=True))
    signed = made["content"]
    (signer,) = signed["signer_infos"]
    fields = ("version", "digest_algorithms", "encap_content_info", "certificates")
    return _Container(
        before_signer=b"".join(signed[name].dump() for name in fields),
        signer_before_attributes=b"".join(signer[name].dump() for name in ("version", "sid", "digest_algorithm")),
        attributes=signer["signed_attrs"].contents,
        signer_after_attributes=signer["signature_algorithm"].dump(),
    )


class _GapMaker(ContainerMaker):
    """Makes a container whose signature is a gap."""

    def __init__(self, chain: tuple[x509.Certificate, ...]) -> None:
        certificates = SimpleCertificateStore()
        certificates.register_multiple(chain)
        super().__init__(
            signing_cert=chain[0],
            cert_registry=certificates,
            signature_mechanism=SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(_LONGEST_SIGNATURE)


def _sequence(contents: bytes) -> bytes:
    return emit(_UNIVERSAL, _CONSTRUCTED, _SEQUENCE, contents)


def _name(name: x509.Name) -> str:
    parts = name.native
    return str(parts.get("organization_name") or parts.get("common_name") or name.human_friendly)
