"""The demo's passes in every state, and public entries: certificates from before the platform, and what followed.

Safe to repeat: what is there already is left as it is.
"""

import time
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.config import CertificationSettings
from services.certification.domain.certificates import CertificateState, RevocationReason
from services.certification.domain.registers import AssociationFacts, MultiplierFacts
from services.certification.models import AssociationCopy, Certificate, LevelCopy, MembershipCopy, PersonCopy, RunCopy
from services.certification.operations import passes, registers, releases
from services.certification.operations.certificates import revoke_certificate
from services.certification.operations.completions import note_attendance, note_result
from services.certification.queries.registers import find_association_entry, find_multiplier_entry
from services.certification.queries.releases import find_requests
from shared.contracts.coursework import LevelPassed
from shared.contracts.enrollment import AttendanceCompleted
from shared.kernel.actor import SYSTEM, Actor, Role, RoleGrant, ScopeKind
from shared.kernel.clock import programme_date, utc_now
from shared.resources import Resources

Json = dict[str, Any]
Database = Resources[CertificationSettings]

_PATIENCE_SECONDS = 120.0
_LOOK_AGAIN_SECONDS = 0.2
_REASON = RevocationReason.CONDITIONS_NOT_MET
_NOTE = "Beispiel: Ein Nachweis aus der Zeit vor der Plattform fehlt."


def load_registers(resources: Database, seal: Seal, scenario: Json) -> None:
    """Carry certificates over in the order in which it happened, weigh, and publish the entries."""
    names = {person["key"]: person["full_name"] for person in scenario["people"]}
    carried = scenario.get("carried_over", [])
    people = _wait_for_people(resources, {names[one["person"]] for one in carried}) if carried else {}
    now = utc_now()
    for instant, one, is_revoked in _in_order(carried, now):
        person_id = people[names[one["person"]]]
        with resources.database.transaction() as session:
            if is_revoked:
                _take_back(session, person_id, one["level_codes"][1], seal=seal, now=instant)
            else:
                _carry_over(session, person_id, one["level_codes"], seal=seal, now=instant)
    with resources.database.transaction() as session:
        passes.weigh_all_passes(session, now=now)
    with resources.database.transaction() as session:
        passes.remind_boards(session, now=now)
    with resources.database.transaction() as session:
        _publish(session, scenario, {key: people.get(name) for key, name in names.items()}, now=now)


def _in_order(carried: list[Json], now: datetime) -> list[tuple[datetime, Json, bool]]:
    events = [(now - timedelta(days=one["days_ago"]), one, False) for one in carried]
    events += [(now - timedelta(days=one["revoked_days_ago"]), one, True) for one in carried if one["revoked_days_ago"]]
    return sorted(events, key=lambda event: event[0])


def _wait_for_people(resources: Database, names: set[str]) -> dict[str, UUID]:
    """The people with their memberships, as enrollment's events bring them; and the levels."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    statement = sa.select(PersonCopy.full_name, PersonCopy.person_id).where(
        PersonCopy.full_name.in_(names),
        sa.exists().where(
            MembershipCopy.person_id == PersonCopy.person_id,
            AssociationCopy.association_id == MembershipCopy.association_id,
        ),
    )
    levels = sa.select(sa.func.count()).select_from(LevelCopy)
    while True:
        with resources.database.reading() as session:
            people = {row.full_name: row.person_id for row in session.execute(statement)}
            is_ready = set(people) == names and session.scalar(levels)
        if is_ready:
            return people
        if time.monotonic() > deadline:
            raise SystemExit(
                f"{len(names) - len(people)} people of the demo have not arrived: do all workers and relays run? "
                "Loading again is safe."
            )
        time.sleep(_LOOK_AGAIN_SECONDS)


def _carry_over(session: Session, person_id: UUID, level_codes: list[str], *, seal: Seal, now: datetime) -> None:
    for code in level_codes:
        place_id = _place(person_id, code)
        if _has_certificate(session, place_id):
            continue
        run = _earlier_run(session, code)
        day = programme_date(now) - timedelta(days=3)
        common: Json = {"place_id": place_id, "run_id": run.run_id, "person_id": person_id, "level_code": code}
        note_attendance(
            session,
            event=AttendanceCompleted(**common, units_attended=48, units_offered=48, completed_on=day),
            seal=seal,
            now=now,
        )
        note_result(
            session,
            event=LevelPassed(**common, passed_on=day, quizzes_passed=6, assignments_accepted=6),
            seal=seal,
            now=now,
        )
        if find_requests(session, place_ids=[place_id]) and not _has_certificate(session, place_id):
            releases.release(session, actor=SYSTEM, place_id=place_id, seal=seal, now=now)


def _place(person_id: UUID, level_code: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"carried-over:{person_id}:{level_code}")


def _has_certificate(session: Session, place_id: UUID) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Certificate.place_id == place_id))))


def _earlier_run(session: Session, level_code: str) -> RunCopy:
    """One course run of each level from before the platform; enrollment knows none of them."""
    run_id = uuid5(NAMESPACE_URL, f"carried-over-run:{level_code}")
    run = session.get(RunCopy, run_id)
    if run is None:
        long_ago = programme_date(utc_now()) - timedelta(days=1_200)
        run = RunCopy(
            run_id=run_id,
            level_code=level_code,
            title="Kurs aus der Zeit vor der Plattform",
            town="Stuttgart",
            carrier_name="Programmbüro",
            starts_on=long_ago,
            ends_on=long_ago + timedelta(days=70),
        )
        session.add(run)
        session.flush()
    return run


def _take_back(session: Session, person_id: UUID, level_code: str, *, seal: Seal, now: datetime) -> None:
    certificate = session.scalar(
        sa.select(Certificate).where(
            Certificate.place_id == _place(person_id, level_code), Certificate.state == CertificateState.ISSUED
        )
    )
    if certificate is not None:
        revoke_certificate(
            session, actor=SYSTEM, number=certificate.number, reason=_REASON, note=_NOTE, seal=seal, now=now
        )


def _publish(session: Session, scenario: Json, people: dict[str, UUID | None], *, now: datetime) -> None:
    for entry in scenario.get("association_entries", []):
        association_id = session.scalar(
            sa.select(AssociationCopy.association_id).where(AssociationCopy.name == entry["association"])
        )
        if association_id is None or find_association_entry(session, association_id=association_id):
            continue
        grant = RoleGrant(Role.BOARD, ScopeKind.ASSOCIATION, association_id)
        registers.keep_entry(
            session,
            actor=Actor(people[entry["board"]], frozenset({grant})),
            association_id=association_id,
            facts=AssociationFacts(
                website=entry["website"],
                email=entry["email"],
                phone=entry["phone"],
                languages=tuple(entry["languages"]),
                topics=tuple(entry["topics"]),
            ),
            now=now,
        )
    for entry in scenario.get("multiplier_entries", []):
        person_id = people[entry["person"]]
        if person_id is not None and find_multiplier_entry(session, person_id=person_id) is None:
            registers.keep_own_entry(session, actor=Actor(person_id), facts=_multiplier_facts(entry), now=now)


def _multiplier_facts(entry: Json) -> MultiplierFacts:
    return MultiplierFacts(
        display_name=entry["display_name"],
        town=entry["town"],
        region_codes=tuple(entry["region_codes"]),
        languages=tuple(entry["languages"]),
        topics=tuple(entry["topics"]),
        about=entry["about"],
        takes_messages=True,
    )
