"""The answer about a number, taken over from this process's memory while no row behind it has changed."""

from datetime import datetime

from services.certification.adapters.remembered import Remembered
from services.certification.adapters.seal import Seal
from services.certification.domain.numbers import read_number
from services.certification.operations.verification.checking import Verification, verify_number
from services.certification.operations.verification.findings import CertificateVerification
from services.certification.queries.verification import FINGERPRINTS
from shared.db import Database
from shared.kernel.clock import programme_date
from shared.kernel.errors import NotFound

_FOUND: Remembered[Verification] = Remembered(2_048)


def look_up(database: Database, *, typed: str, seal: Seal, now: datetime) -> Verification:
    """Everything that can be said about the number that was typed or scanned. Raises NotFound.

    While all rows behind it are as their fingerprint says, it is the very finding of before: what a door makes of a
    finding may be remembered by it. The calendar is the one fact that no row holds, so an answer is found anew when
    the time of what it is about is over.
    """
    number = read_number(typed)
    if number is None:
        raise NotFound(kind="number")
    fingerprint = next(filter(None, (database.peek(statement, number) for statement in FINGERPRINTS)), None)
    if fingerprint is None:
        raise NotFound(kind="number")

    def verify() -> Verification:
        return database.glance(lambda session: verify_number(session, typed=number, seal=seal, now=now))

    found = _FOUND.get((seal.base_url, number, fingerprint), verify)
    return _FOUND.get((seal.base_url, number, fingerprint, "over"), verify) if _is_over(found, now=now) else found


def _is_over(found: Verification, *, now: datetime) -> bool:
    if isinstance(found, CertificateVerification):
        return found.valid_until is not None and now > found.valid_until
    return programme_date(now) > found.valid_until
