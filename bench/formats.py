"""Credentials per second and core, by processor time, beside raw signatures in the same run: `python -m bench.formats`.

Each credential is a new one: built, held to the profile, signed and written, as issuing does it. Every rate is taken in
turn with the raw signature, so that a machine that slows down slows both.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from secrets import token_hex
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certification.adapters.canonical import canonical_form
from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.profile import check_profile
from services.certification.adapters.proofs import add_proof, has_valid_proof, make_proof
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.adapters.skeletons import Skeletons
from services.certification.adapters.spelling import with_members, write
from services.certification.adapters.vc_jwt import encode_credential
from services.certification.domain.achievement import Achievement, Alignment, AlignmentTarget
from services.certification.domain.credential import Credential, HashedName, Issuer, StatusEntry
from services.certification.domain.keys import KeyPurpose

BASE, DID = "https://memo.example", "did:web:memo.example"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROUNDS = 5
#: What issue 3 asks for on a core that makes 48,000 raw signatures a second: 2,000 credentials and 10,000 tokens.
WANTED = {"credential": 48_000 / 2_000, "token (VC-JWT)": 48_000 / 10_000}
_NUMBERS = count()


@dataclass(frozen=True)
class Rate:
    """How often a second, and how many raw signatures take as long."""

    name: str
    per_second: float
    ratio: float


def measure() -> Iterator[Rate]:
    """One rate after the other; the first is the raw signature itself."""
    private = Ed25519PrivateKey.generate()
    key = SealingKey("key-2026-1", KeyPurpose.CREDENTIALS, Ed25519Signer(private), f"{DID}#key-2026-1")
    skeletons, document = Skeletons(), _credential().to_document()
    signed = add_proof(document, key=key, now=NOW)

    def issue() -> None:
        fresh = _credential().to_document()
        check_profile(fresh)
        with_members(write(fresh), {"proof": make_proof(fresh, key=key, now=NOW, canonical=skeletons.canonical_form)})

    works: tuple[tuple[str, Callable[[], object], int], ...] = (
        ("raw Ed25519", lambda: private.sign(bytes(64)), 4_000),
        ("credential", issue, 400),
        ("token (VC-JWT)", lambda: encode_credential(_credential().to_document(), key=key), 1_500),
        ("both, as issued", lambda: sign_credential(_credential(), key=key, now=NOW), 300),
        ("credential, slow way", lambda: add_proof(document, key=key, now=NOW, canonical=canonical_form), 60),
        ("credential verified", lambda: has_valid_proof(signed, public_key=key.multibase), 60),
    )
    issue()
    for name, work, times in works:
        pairs = [(_seconds(work, times), _seconds(works[0][1], 4_000)) for _ in range(ROUNDS)]
        seconds, ratio = (statistics.median(found) for found in zip(*((s, s / raw) for s, raw in pairs), strict=True))
        yield Rate(name, 1 / seconds, ratio)


def print_rates() -> list[str]:
    """Print the table; what is too slow in words."""
    print(f"\n{'signed in this process':28}{'per second':>12}{'x raw':>9}")
    remarks = []
    for rate in measure():
        print(f"{rate.name:28}{rate.per_second:12,.0f}{rate.ratio:9.1f}", flush=True)
        if rate.ratio > WANTED.get(rate.name, float("inf")):
            remarks.append(f"a {rate.name} takes {rate.ratio:.1f} raw signatures ({WANTED[rate.name]:.1f} at most)")
    return remarks


def _seconds(work: Callable[[], object], times: int) -> float:
    started = time.thread_time()
    for _ in range(times):
        work()
    return (time.thread_time() - started) / times


def _credential() -> Credential:
    """A certificate of somebody, of a realistic size, with a number and a salt of its own."""
    return Credential(
        url=f"{BASE}/v/{token_hex(16)}",
        subject_id=f"urn:uuid:{uuid4()}",
        name="Zertifikat: Grundkurs",
        issuer=_ISSUER,
        valid_from=NOW,
        holder=HashedName.of(f"Şükrü Özdoğan-Yıldız {next(_NUMBERS)}", salt=token_hex(16)),
        achievement=_ACHIEVEMENT,
        units_attended=44,
        activity_started_at=NOW,
        activity_ended_at=NOW,
        status=StatusEntry(list_url=f"{BASE}/certification/status/c2d3f4g6", index=77, purpose="revocation"),
    )


#: Shared by all certificates of a level, as in issuing.
_ISSUER = Issuer(did=DID, name="MEMO-Programmbüro", url=BASE, email="post@memo.example")
_LEVEL_URL = f"{BASE}/certification/achievements/grundkurs"
_LINES = "\n".join(f"- Workshop {number}: Vereinsrecht, Satzung und Versammlung (8)" for number in range(1, 7))
_ACHIEVEMENT = Achievement(
    url=_LEVEL_URL,
    name="Grundkurs",
    description="Stufe des Programms, das Migrantenvereine qualifiziert: 48 Unterrichtseinheiten.",
    criteria=f"Genug von diesen Workshops besucht, jedes Quiz und jede Aufgabe bestanden:\n{_LINES}",
    code="grundkurs",
    version="0a1b2c3d",
    units_offered=48,
    units_title="Besuchte Unterrichtseinheiten",
    image_url=f"{_LEVEL_URL}/badge.svg",
    image_caption="Siegel der Stufe Grundkurs",
    alignments=(
        Alignment("http://data.europa.eu/snb/eqf/3", "EQF 3", AlignmentTarget.EQF_LEVEL, "EQF", "3"),
        Alignment("http://data.europa.eu/snb/eqf/4", "DQR 4", AlignmentTarget.DQR_LEVEL, "DQR", "4"),
    ),
)


if __name__ == "__main__":
    print("\n".join(print_rates()))
