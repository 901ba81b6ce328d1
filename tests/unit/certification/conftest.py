"""A credential and a sheet of paper to look at."""

import json
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.certification.adapters.keyring import Keyring, SealingKey
from services.certification.adapters.renderer import Page, Workshop
from services.certification.adapters.seal import Seal
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.domain.credential import Achievement, Credential, HashedName, Issuer, StatusEntry
from services.certification.domain.did import did_of
from services.certification.domain.keys import KeyPurpose

BASE = "http://127.0.0.1:8080"
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
NUMBER = "4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD"


@pytest.fixture
def key() -> SealingKey:
    return SealingKey(
        code="key-2026-1",
        purpose=KeyPurpose.CREDENTIALS,
        signer=Ed25519Signer(Ed25519PrivateKey.generate()),
        method=f"{did_of(BASE)}#key-2026-1",
    )


@pytest.fixture
def seal(key: SealingKey) -> Seal:
    issuer = Issuer(did=did_of(BASE), name="MEMO-Programmbüro", url=BASE, email="post@memo.example")
    return Seal(
        issuer=issuer,
        programme_name="MEMO – Qualifizierung für Migrantenvereine",
        base_url=BASE,
        keyring=Keyring({key.code: key}),
    )


@pytest.fixture
def credential(seal: Seal) -> Credential:
    return Credential(
        url=seal.verification_url(NUMBER),
        subject_id="urn:uuid:0f4a2c1e-8a51-4a3e-9d0c-5b8a6a1f2b3c",
        name="Zertifikat: Grundkurs „Verein“",
        issuer=seal.issuer,
        valid_from=NOW,
        holder=HashedName.of("Şükrü Özdoğan-Yıldız", salt="00ff"),
        achievement=Achievement(
            url=seal.achievement_url("grundkurs"),
            name="Grundkurs",
            description="Sechs Workshops",
            criteria='Besucht:\n- "Vereinsrecht" (8)\n- Satzung \\ Versammlung (8)',
            code="grundkurs",
            version="0a1b2c3d",
            units_offered=48,
            units_title="Besuchte Unterrichtseinheiten",
            image_url=f"{BASE}/certification/achievements/grundkurs/badge.svg",
            image_caption="Siegel der Stufe Grundkurs",
        ),
        units_attended=44,
        activity_started_at=NOW,
        activity_ended_at=NOW,
        status=StatusEntry(list_url=seal.status_url("c2d3f4g6"), index=77, purpose="revocation"),
    )


@pytest.fixture
def page() -> Page:
    return Page(
        number=NUMBER,
        full_name="Şükrü Özdoğan-Yıldız",
        language="tr",
        programme="MEMO – Qualifizierung für Migrantenvereine",
        issuer="MEMO-Programmbüro",
        level_title="Grundkurs",
        workshops=tuple(Workshop(title=f"Workshop {number}", units=8) for number in range(1, 7)),
        units_attended=44,
        units_offered=48,
        carrier="Haus der Vielfalt Neckar-Alb e. V.",
        town="Reutlingen",
        starts_on=date(2026, 9, 5),
        ends_on=date(2026, 11, 14),
        issued_on=date(2026, 11, 23),
        issued_at=NOW,
        verification_url=f"{BASE}/v/{NUMBER}",
        credential=json.dumps({"name": "Grundkurs"}),
    )
