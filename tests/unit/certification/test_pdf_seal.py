"""The seal of a PDF: others find it whole and know whose it is; the same file and key give the same bytes."""

import dataclasses
import io
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from services.certification.adapters.keyring import open_keyring
from services.certification.adapters.pdf_seal import (
    SealIdentity,
    TimestampUnavailable,
    add_timestamp,
    open_identity,
    seal_pdf,
    timestamps,
)
from services.certification.adapters.renderer import Page, render
from services.certification.adapters.signers import SigningKeyUnusable
from services.certification.adapters.timestamp_authority import TimestampAuthority
from services.certification.domain.documents import SealLevel
from services.certification.domain.keys import KeyPurpose
from shared.devkit.runner.keys import create_missing_keys
from tests.unit.certification.conftest import NOW

LABEL = "Elektronisches Siegel des Programms"


@pytest.fixture(scope="module")
def keys_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    create_missing_keys(folder)
    return folder


@pytest.fixture
def identity(keys_folder: Path) -> SealIdentity:
    return open_identity(open_keyring(keys_folder / "signing-keys.json", did="did:web:x").newest(KeyPurpose.DOCUMENTS))


def sealed(page: Page, identity: SealIdentity) -> bytes:
    return seal_pdf(render(page).pdf, identity=identity, field_label=LABEL, at=NOW)


def trusting(*roots: x509.Certificate) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots))


def test_an_independent_check_finds_it_whole_and_trusts_it_under_its_root(page: Page, identity: SealIdentity) -> None:
    signature = PdfFileReader(io.BytesIO(sealed(page, identity))).embedded_signatures[0]
    status = validate_pdf_signature(signature, trusting(identity.chain[-1]))
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.bottom_line
    assert not validate_pdf_signature(signature, ValidationContext(trust_roots=[])).trusted


def test_a_changed_byte_anywhere_breaks_it(page: Page, identity: SealIdentity) -> None:
    pdf = bytearray(sealed(page, identity))
    assert is_whole(bytes(pdf), identity)
    for place in (200, len(pdf) // 3, len(pdf) // 2, len(pdf) - 200):
        changed = bytearray(pdf)
        changed[place] ^= 1
        assert not is_whole(bytes(changed), identity)


def is_whole(pdf: bytes, identity: SealIdentity) -> bool:
    """Whether the seal fits; a file that cannot even be read any more does not."""
    try:
        signature = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures[0]
        return bool(validate_pdf_signature(signature, trusting(identity.chain[-1])).intact)
    except (PdfError, ValueError, IndexError):
        return False


def test_the_byte_range_leaves_out_the_seal_alone_and_the_field_is_named_for_screen_readers(
    page: Page, identity: SealIdentity
) -> None:
    pdf = sealed(page, identity)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        start, before, after, rest = (int(number) for number in field.V.ByteRange)
        assert (start, after + rest) == (0, len(pdf))
        assert re.fullmatch(rb"<[0-9A-F]+>", pdf[before:after])
        assert (str(field.TU), str(field.V.SubFilter)) == (LABEL, "/ETSI.CAdES.detached")
        assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
        assert "/AP" not in field or "/N" in field.AP
        assert opened.attachments["credential.json"].obj["/AFRelationship"] == "/Source"
    assert pdf.startswith(render(page).pdf), "what was rendered stays as it was"


def test_the_same_sheet_key_and_instant_give_the_same_bytes(page: Page, identity: SealIdentity) -> None:
    assert sealed(page, identity) == sealed(page, identity)
    later = seal_pdf(render(page).pdf, identity=identity, field_label=LABEL, at=NOW + timedelta(seconds=1))
    assert later != sealed(page, identity)


def test_it_stays_for_archives_and_screen_readers(page: Page, identity: SealIdentity) -> None:
    with pikepdf.open(io.BytesIO(sealed(page, identity))) as pdf:
        said = pdf.Root.Metadata.read_bytes()
        assert b"<pdfaid:conformance>A<" in said
        assert b"<pdfuaid:part>1<" in said
        assert [str(intent.S) for intent in pdf.Root.OutputIntents] == ["/GTS_PDFA1"]
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "de-DE"


@pytest.mark.parametrize("command", [["qpdf", "--check"], ["pdfsig", "-nocert"]])
def test_tools_of_others_find_no_fault(page: Page, identity: SealIdentity, tmp_path: Path, command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not on this machine (Debian: poppler-utils, qpdf)")
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed(page, identity))
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert command[0] == "qpdf" or "Signature is Valid" in done.stdout
    assert command[0] == "qpdf" or "Total document signed" in done.stdout


def test_a_certificate_of_another_key_is_refused_before_anything_is_sealed(keys_folder: Path, tmp_path: Path) -> None:
    for name in ("documents.json", "wallet.json", "signing.json", "signing-keys.json", "documents-chain.pem"):
        (tmp_path / name).write_bytes((keys_folder / name).read_bytes())
    (tmp_path / "documents.json").write_bytes((keys_folder / "wallet.json").read_bytes())
    key = open_keyring(tmp_path / "signing-keys.json", did="did:web:x").newest(KeyPurpose.DOCUMENTS)
    with pytest.raises(SigningKeyUnusable, match="another key"):
        open_identity(key)
    with pytest.raises(SigningKeyUnusable):
        open_identity(dataclasses.replace(key, chain_file=None))
    with pytest.raises(SigningKeyUnusable):
        open_identity(dataclasses.replace(key, chain_file=tmp_path / "wallet.json"))


# -- timestamps


@pytest.fixture(scope="module")
def tsa() -> tuple[x509.Certificate, DummyTimeStamper]:
    """A timestamp authority in this process."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    name = certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, "Test TSA")])
    certificate = (
        certificates.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=30))
        .add_extension(certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    own = x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    private = key.private_bytes(Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return own, DummyTimeStamper(own, keys.PrivateKeyInfo.load(private))


def authority(trust_file: Path | None = None) -> TimestampAuthority:
    return TimestampAuthority("http://127.0.0.1:9/tsa", 1, trust_file)


def test_a_timestamp_stands_behind_the_seal_and_changes_nothing_of_it(
    page: Page,
    identity: SealIdentity,
    tsa: tuple[x509.Certificate, DummyTimeStamper],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timestamps, "_client", lambda _: tsa[1])
    before = sealed(page, identity)
    after = add_timestamp(before, identity=identity, authority=authority(), field_label="Zeitstempel", number=1)
    assert authority().level is SealLevel.B_T
    assert after.startswith(before)
    reader = PdfFileReader(io.BytesIO(after))
    (seal,), (stamp,) = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures
    status = validate_pdf_signature(seal, trusting(identity.chain[-1]))
    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    stamped = validate_pdf_timestamp(stamp, trusting(tsa[0]))
    assert (stamped.intact, stamped.valid, stamped.trusted) == (True, True, True)
    assert stamped.coverage is SignatureCoverageLevel.ENTIRE_FILE
    with pikepdf.open(io.BytesIO(after)) as pdf:
        assert all(str(field.TU) for field in pdf.Root.AcroForm.Fields)
        assert b"<pdfaid:conformance>A<" in pdf.Root.Metadata.read_bytes()


def test_with_roots_the_file_holds_what_a_check_in_many_years_needs(
    page: Page,
    identity: SealIdentity,
    tsa: tuple[x509.Certificate, DummyTimeStamper],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    trust = tmp_path / "trust.pem"
    roots = (identity.chain[-1], tsa[0])
    trust.write_bytes(
        b"".join(certificates.load_der_x509_certificate(r.dump()).public_bytes(Encoding.PEM) for r in roots)
    )
    monkeypatch.setattr(timestamps, "_client", lambda _: tsa[1])
    given = authority(trust)
    after = add_timestamp(
        sealed(page, identity), identity=identity, authority=given, field_label="Zeitstempel", number=1
    )
    assert given.level is SealLevel.B_LTA
    with pikepdf.open(io.BytesIO(after)) as pdf:
        held = {bytes(c.read_bytes()) for c in pdf.Root.DSS.Certs}
    assert {c.dump() for c in identity.chain} <= held
    seal = PdfFileReader(io.BytesIO(after)).embedded_regular_signatures[0]
    assert validate_pdf_signature(seal, trusting(identity.chain[-1])).bottom_line


@pytest.mark.parametrize("failure", [OSError("away"), ValueError("garbage"), TimeoutError()])
def test_an_authority_that_fails_is_told_by_one_name(
    page: Page, identity: SealIdentity, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    class Failing(DummyTimeStamper):
        def __init__(self) -> None:
            pass

        async def async_timestamp(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise failure

        async def async_dummy_response(self, *_: object, **__: object) -> None:  # type: ignore[override]
            raise failure

    monkeypatch.setattr(timestamps, "_client", lambda _: Failing())
    with pytest.raises(TimestampUnavailable):
        add_timestamp(
            sealed(page, identity), identity=identity, authority=authority(), field_label="Zeitstempel", number=1
        )


def test_user_and_password_of_the_authority_do_not_stay_in_its_address() -> None:
    client = timestamps._client(TimestampAuthority("https://us%40er:p%3Aw@tsa.example:8443/t?x=1", 3, None))
    assert (client.url, client.auth, client.timeout) == ("https://tsa.example:8443/t?x=1", ("us@er", "p:w"), 3)


def test_the_key_signs_deterministically(identity: SealIdentity) -> None:
    message = b"the same"
    assert identity.signer.sign(message) == identity.signer.sign(message)
    raw = identity.signer.sign(message)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), identity.signer.public_bytes)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point.verify(der, message, ec.ECDSA(hashes.SHA256()))
