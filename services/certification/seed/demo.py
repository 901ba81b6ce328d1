"""Loading the demo programme: `python -m services.certification.cli seed-demo` with the scenario on standard input.

Certificates and passes come by themselves, from the events of the other two services. What is left to do is what people
do in certification: the office takes certificates back. Safe to repeat.
"""

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.config import CertificationSettings
from services.certification.domain.certificates import CertificateState, RevocationReason
from services.certification.models import Certificate
from services.certification.operations.certificates import revoke_certificate
from services.certification.seed.issuing import load_issuing
from services.certification.seed.registers import load_registers
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.resources import Resources

Json = dict[str, Any]

_PATIENCE_SECONDS = 300.0
_LOOK_AGAIN_SECONDS = 0.2


def load_demo(resources: Resources[CertificationSettings], seal: Seal, scenario: Json) -> None:
    """Wait for all certificates of the scenario, then revoke. Raises SystemExit where certificates do not come."""
    names = {person["key"]: person["full_name"] for person in scenario["people"]}
    expected = {
        (names[person["person"]], work["level_code"])
        for work in scenario["work"]
        for person in work["people"]
        if person["has_passed"]
    }
    _wait_for_certificates(resources, expected)
    for revocation in scenario["revocations"]:
        with resources.database.transaction() as session:
            _revoke(session, names[revocation["person"]], revocation, seal=seal)
    load_registers(resources, seal, scenario)
    load_issuing(resources, seal, scenario)


def _wait_for_certificates(resources: Resources[CertificationSettings], expected: set[tuple[str, str]]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    statement = sa.select(Certificate.full_name, Certificate.level_code)
    while True:
        with resources.database.reading() as session:
            missing = expected - {(row.full_name, row.level_code) for row in session.execute(statement)}
        if not missing:
            return
        if time.monotonic() > deadline:
            raise SystemExit(
                f"{len(missing)} certificates were not issued within {_PATIENCE_SECONDS:.0f} s: do all workers and "
                "relays run? Loading again is safe."
            )
        time.sleep(_LOOK_AGAIN_SECONDS)


def _revoke(session: Session, full_name: str, revocation: Json, *, seal: Seal) -> None:
    certificate = session.scalar(
        sa.select(Certificate).where(
            Certificate.full_name == full_name,
            Certificate.level_code == revocation["level_code"],
            Certificate.state == CertificateState.ISSUED,
        )
    )
    if certificate is None:
        return
    revoke_certificate(
        session,
        actor=SYSTEM,
        number=certificate.number,
        reason=RevocationReason(revocation["reason"]),
        note=revocation["note"],
        seal=seal,
        now=utc_now(),
    )
