"""Handing certificates over: the list to read out, the letters, and all files of a course in one."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.renderer_apart import set_apart
from services.certification.adapters.seal import Seal
from services.certification.domain.errors import TooManyDocuments
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import RunCopy
from services.certification.queries.ceremonies import (
    HandedOver,
    list_handed_over,
    list_regions,
    list_runs_of_carriers,
    stored_files,
)
from services.certification.queries.programme import find_run, list_runs
from shared.documents import DocumentMissing, Documents
from shared.kernel.actor import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require_or_hide

LISTED_MOST = 1_000
#: Files of some 200 KiB, and sheets of one page: what a browser takes without losing patience.
PACKED_MOST = 300
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Chosen:
    """Which certificates: of a course, or of a region (all where empty), issued within a time."""

    run_id: UUID | None
    region_code: str
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Choices:
    """What somebody may choose from. Carriers have their own courses and no regions."""

    runs: list[RunCopy]
    regions: list[str]


def list_choices(session: Session, *, actor: Actor) -> Choices:
    """The courses and regions of this person: all for the office, their own for carriers."""
    if actor.is_system or actor.holds(Role.OFFICE):
        return Choices(list_runs(session), list_regions(session))
    return Choices(list_runs_of_carriers(session, carrier_ids=actor.scope_ids(Role.CARRIER_STAFF)), [])


def list_ceremony(session: Session, *, actor: Actor, chosen: Chosen) -> list[HandedOver]:
    """Who gets a certificate, by level and name. Carriers must name a course of theirs; others are not found."""
    run = find_run(session, run_id=chosen.run_id) if chosen.run_id else None
    require_or_hide(
        PERMISSIONS, actor, Permission.CEREMONY_READ, Facts(carrier_id=run.carrier_id if run else None), kind="run"
    )
    return list_handed_over(
        session,
        run_id=chosen.run_id,
        region_code=chosen.region_code,
        since=chosen.since,
        until=chosen.until,
        limit=LISTED_MOST,
    )


def set_letters(session: Session, *, actor: Actor, chosen: Chosen, seal: Seal, now: datetime) -> bytes:
    """One PDF with a covering letter for each. Raises NotFound, TooManyDocuments, SheetNotMade."""
    people = _few(list_ceremony(session, actor=actor, chosen=chosen))
    letters = [
        {
            "name": one.full_name,
            "language": one.language,
            "level": one.level_title,
            "number": one.number,
            "address": seal.verification_url(one.number),
        }
        for one in people
    ]
    facts = {"issuer": seal.issuer.name, "programme": seal.programme_name, "made_at": now.isoformat()}
    return set_apart("letters", {**facts, "letters": letters})


def list_files(session: Session, *, actor: Actor, chosen: Chosen) -> list[tuple[str, str | None]]:
    """Name within the ZIP and key in the store, in the order of the list; without a key where it is not made yet."""
    people = _few(list_ceremony(session, actor=actor, chosen=chosen))
    keys = stored_files(session, certificate_ids=[one.certificate_id for one in people])
    return [
        (f"{position:03d}-{one.number}.pdf", keys.get(one.certificate_id))
        for position, one in enumerate(people, start=1)
    ]


def pack_files(files: Sequence[tuple[str, str | None]], *, documents: Documents) -> Iterator[bytes]:
    """A ZIP file piece by piece: no more than one PDF is held at a time. What is missing is named in it."""
    pipe = _Pipe()
    missing: list[str] = []
    with zipfile.ZipFile(pipe, "w") as archive:  # type: ignore[call-overload]
        for name, key in files:
            pdf = _fetch(key, documents)
            if pdf is None:
                missing.append(name)
                continue
            archive.writestr(zipfile.ZipInfo(name, _STAMP), pdf)
            yield pipe.take()
        if missing:
            archive.writestr(zipfile.ZipInfo("FEHLT.txt", _STAMP), "\r\n".join(missing))
    yield pipe.take()


class _Pipe:
    """What a ZIP file is written to when nobody can go back in it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece until it is taken."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def take(self) -> bytes:
        """What was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _fetch(key: str | None, documents: Documents) -> bytes | None:
    try:
        return documents.get(key) if key else None
    except DocumentMissing:
        return None


def _few(people: list[HandedOver]) -> list[HandedOver]:
    if not people:
        raise NotFound(kind="certificate")
    if len(people) > PACKED_MOST:
        raise TooManyDocuments(limit=PACKED_MOST)
    return people
