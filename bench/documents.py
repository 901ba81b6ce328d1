"""Sealed PDF files in this process: set by typst, sealed with a P-256 key that is held. `python -m bench.documents`."""

import dataclasses
import json
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import psutil
from cryptography.hazmat.primitives.asymmetric import ec

from services.certification.adapters.keyring import open_keyring
from services.certification.adapters.pdf_seal import SealIdentity, open_identity, seal_pdf
from services.certification.adapters.renderer import Page, SealNote, Workshop, render
from services.certification.adapters.signers.file import P256Signer
from services.certification.domain.keys import KeyPurpose
from shared.devkit.runner.keys import create_missing_keys

ROUNDS = 200
#: Documents a second that one core should make.
BUDGET = 45
_AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
_NUMBER = "4C7F-9D3H-KLMN-PQRT-VWXZ-2346-"
_TITLES = ("Einführung in das Vereinsrecht", "Satzung und Versammlung", "Gemeinnützigkeit", "Projektanträge", "Haftung")
_PAGE = Page(
    number=_NUMBER,
    full_name="Şükrü Özdoğan-Yıldız",
    language="tr",
    second_language="tr",
    programme="MEMO – Qualifizierung für Migrantenvereine",
    issuer="MEMO-Programmbüro",
    level_title="Grundkurs",
    workshops=tuple(Workshop(title=title, units=8) for title in _TITLES),
    units_attended=44,
    units_offered=48,
    carrier="Haus der Vielfalt Neckar-Alb e. V.",
    town="Reutlingen",
    starts_on=date(2026, 9, 5),
    ends_on=date(2026, 11, 14),
    issued_on=date(2026, 11, 23),
    issued_at=_AT,
    verification_url="https://memo.example.org/v/",
    #: As large as a credential of ours is.
    credential=json.dumps({"name": "Grundkurs", "criteria": ["Vereinsrecht"] * 250}),
    seal=SealNote("MEMO", "MEMO", True),
)


@dataclasses.dataclass(frozen=True)
class Rates:
    """Seconds of processor time for each step, documents and raw signatures a second, and what it needs of memory."""

    setting: float
    sealing: float
    signature: float
    grown_bytes: int

    @property
    def documents(self) -> float:
        """Sealed documents a second and core."""
        return 1 / (self.setting + self.sealing)


def measure() -> Rates:
    """Different people's certificates, one after the other; raw ES256 signatures with the same key in the same run."""
    identity = _identity()
    _make(_page(0), identity)
    before = psutil.Process().memory_full_info().pss
    setting = sealing = 0.0
    for number in range(1, ROUNDS + 1):
        rendered, sealed = _make(_page(number), identity)
        setting, sealing = setting + rendered, sealing + sealed
    return Rates(setting / ROUNDS, sealing / ROUNDS, _signature(), psutil.Process().memory_full_info().pss - before)


def _make(page: Page, identity: SealIdentity) -> tuple[float, float]:
    started = time.process_time()
    pdf = render(page).pdf
    between = time.process_time()
    seal_pdf(pdf, identity=identity, field_label="Siegel", at=_AT)
    return between - started, time.process_time() - between


def _page(number: int) -> Page:
    own = f"{_NUMBER}{number:04d}"
    return dataclasses.replace(
        _PAGE, full_name=f"Şükrü Özdoğan {number}", number=own, verification_url=f"{_PAGE.verification_url}{own}"
    )


def _identity() -> SealIdentity:
    with tempfile.TemporaryDirectory() as folder:
        create_missing_keys(Path(folder))
        keyring = open_keyring(Path(folder) / "signing-keys.json", did="did:web:x")
        return open_identity(keyring.newest(KeyPurpose.DOCUMENTS))


def _signature() -> float:
    signer, count = P256Signer(ec.generate_private_key(ec.SECP256R1())), 2_000
    started = time.process_time()
    for _ in range(count):
        signer.sign(b"x" * 900)
    return (time.process_time() - started) / count


def main() -> list[str]:
    """Print one table; what is over its budget is said in words."""
    rates = measure()
    print(f"\n{'sealed PDF':40}{'ms':>8}{'per second':>12}")
    print(f"{'set by typst':40}{rates.setting * 1000:8.1f}{1 / rates.setting:12.0f}")
    print(f"{'sealed (PAdES B-B)':40}{rates.sealing * 1000:8.1f}{1 / rates.sealing:12.0f}")
    print(f"{'both':40}{(rates.setting + rates.sealing) * 1000:8.1f}{rates.documents:12.0f}")
    print(f"{'raw ES256 signature':40}{rates.signature * 1000:8.3f}{1 / rates.signature:12.0f}")
    print(f"{f'memory grown over {ROUNDS} documents (MiB)':40}{rates.grown_bytes / 1024**2:8.1f}", flush=True)
    return (
        [] if rates.documents >= BUDGET else [f"{rates.documents:.0f} sealed PDF a second and core ({BUDGET} at least)"]
    )


if __name__ == "__main__":
    main()
