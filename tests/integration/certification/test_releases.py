"""Certificates of some levels wait until a person has released them; until then there is none."""

import pytest
import sqlalchemy as sa

from services.certification.domain.certificates import CertificateState
from shared.contracts.coursework import LevelReopened
from shared.contracts.enrollment import AttendanceCompleted
from tests.support.certification import World


@pytest.fixture
def held(world: World) -> AttendanceCompleted:
    """A multiplier who has completed everything, and whose certificate waits."""
    world.level("multiplikator", title="Multiplikator", position=3)
    facts = world.facts(world.person("Ayşe Gül"), world.run("multiplikator"), level_code="multiplikator")
    world.hear(*facts)
    return facts[0]


def test_a_multiplier_waits_and_reads_so(world: World, held: AttendanceCompleted) -> None:
    assert not world.certificates()
    assert not world.sent("certification.certificate_issued")
    assert "being checked" in world.service.client_of(held.person_id, methods=("pwd",)).words("/certification/")
    assert "Ayşe Gül" in world.office().words("/certification/office/releases")


def test_releasing_issues_at_once_and_only_once(world: World, held: AttendanceCompleted) -> None:
    office = world.office()
    path = f"/certification/office/releases/{held.place_id}"
    assert "Ayşe Gül" in office.words(path)
    assert office.post(f"{path}/release").status_code == 303
    assert office.post(f"{path}/release").status_code == 422
    (certificate,) = world.certificates()
    assert (certificate.person_id, certificate.state) == (held.person_id, CertificateState.ISSUED)
    assert "Nothing waits" in office.words("/certification/office/releases")


def test_a_refusal_is_read_by_the_person_and_can_be_looked_at_again(world: World, held: AttendanceCompleted) -> None:
    office, path = world.office(), f"/certification/office/releases/{held.place_id}"
    assert office.post(f"{path}/refuse", data={"reason": "practice_missing", "note": ""}).status_code == 422
    answer = office.post(f"{path}/refuse", data={"reason": "practice_missing", "note": "Ein Workshop fehlt noch."})
    assert answer.status_code == 303
    own = world.service.client_of(held.person_id, methods=("pwd",))
    assert "Ein Workshop fehlt noch." in own.words("/certification/")
    world.hear(held)
    assert not world.certificates(), "a fact that is told again does not overrule a refusal"
    assert office.post(f"{path}/again").status_code == 303
    assert "being checked" in own.words("/certification/")
    office.post(f"{path}/release")
    assert len(world.certificates()) == 1


def test_a_fact_taken_back_takes_the_request_out_of_the_queue(world: World, held: AttendanceCompleted) -> None:
    common = {name: getattr(held, name) for name in ("place_id", "run_id", "person_id", "level_code")}
    world.hear(LevelReopened(**common))
    office = world.office()
    assert "Nothing waits" in office.words("/certification/office/releases")
    _, result = world.facts(held.person_id, held.run_id, level_code=held.level_code, place_id=held.place_id)
    world.hear(result)
    assert "Ayşe Gül" in office.words("/certification/office/releases")


def test_the_rule_is_a_setting_with_versions(world: World, held: AttendanceCompleted) -> None:
    world.level("grundkurs", title="Grundkurs")
    office = world.office()
    assert office.post("/certification/office/release-rule", data={"level_codes": ["grundkurs"]}).status_code == 303
    world.hear(*world.facts(world.person("Zweite Person"), world.run("grundkurs")))
    assert not world.certificates(), "the basic course is held now"
    multiplier = world.person("Dritte Person")
    world.hear(*world.facts(multiplier, world.run("multiplikator"), level_code="multiplikator"))
    assert [c.person_id for c in world.certificates()] == [multiplier], "multipliers are held no longer"
    assert "Ayşe Gül" in office.words("/certification/office/releases"), "what waited still waits"
    with world.service.transaction() as session:
        versions = session.execute(sa.text("SELECT version, level_codes FROM release_rule_version ORDER BY version"))
        assert [tuple(row) for row in versions] == [(1, ["multiplikator"]), (2, ["grundkurs"])]


def test_only_the_office_decides(world: World, held: AttendanceCompleted) -> None:
    own = world.service.client_of(held.person_id)
    assert own.get("/certification/office/releases").status_code == 403
    assert own.post(f"/certification/office/releases/{held.place_id}/release").status_code == 403
    assert not world.certificates()
