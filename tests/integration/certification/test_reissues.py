"""A new certificate takes the place of an old one: linked, one counting at a time, nothing flickers."""

import json

import pytest
import sqlalchemy as sa

from services.certification.domain.certificates import CertificateState
from services.certification.domain.status import is_set
from services.certification.models import Certificate
from tests.support.certification import World


@pytest.fixture
def old(world: World) -> Certificate:
    return world.certify(world.person("Vorher Name"))


def _by_number(world: World) -> dict[str, Certificate]:
    return {certificate.number: certificate for certificate in world.certificates()}


def _ask(world: World, old: Certificate) -> str:
    holder = world.service.client_of(old.person_id, methods=("pwd",))
    path = f"/certification/certificates/{old.number}/reissue"
    assert holder.post(path, data={"reason": "name_changed", "text": "Ich habe geheiratet."}).status_code == 303
    with world.service.transaction() as session:
        return str(session.scalar(sa.text("SELECT id FROM reissue_request WHERE state = 'waiting'")))


def test_a_new_name_is_asked_for_and_granted(world: World, old: Certificate) -> None:
    world.hear(world.person_event(old.person_id, "Nachher Name"))
    request_id = _ask(world, old)
    office = world.office()
    page = office.words(f"/certification/office/reissues/{request_id}")
    assert "Vorher Name" in page
    assert "Nachher Name" in page
    assert office.post(f"/certification/office/reissues/{request_id}/grant").status_code == 303
    before, after = world.certificates()
    assert (before.state, before.full_name) == (CertificateState.SUPERSEDED, "Vorher Name")
    assert (after.state, after.full_name, after.replaces_id) == (CertificateState.ISSUED, "Nachher Name", before.id)
    assert (after.modules, after.units_attended, after.fulfilled_on) == (
        before.modules,
        before.units_attended,
        before.fulfilled_on,
    )
    holder = world.service.client_of(old.person_id, methods=("pwd",))
    assert after.number in holder.words(f"/certification/certificates/{before.number}")
    assert before.number in holder.words(f"/certification/certificates/{after.number}")


def test_the_old_one_is_struck_and_readable_and_others_hear_it_in_one_message(world: World, old: Certificate) -> None:
    request_id = _ask(world, old)
    world.office().post(f"/certification/office/reissues/{request_id}/grant")
    _, after = world.certificates()
    told = {event["number"]: event for event in world.sent("certification.certificate_issued")}
    assert told[after.number]["replaces_id"] == str(old.id)
    assert not world.sent("certification.certificate_revoked")
    with world.service.transaction() as session:
        code = session.scalar(sa.text("SELECT code FROM status_list WHERE id = :id"), {"id": old.status_list_id})
        kinds = session.scalars(sa.text("SELECT kind FROM log_entry WHERE subject_id = :id"), {"id": old.id}).all()
    assert kinds == ["certificate_issued", "certificate_reissued"]
    listed = world.service.client().get(f"/certification/status/{code}").text
    encoded = json.loads(listed)["credentialSubject"]["encodedList"]
    assert is_set(encoded, old.status_index)
    assert not is_set(encoded, after.status_index)
    assert world.service.client().get(f"/v/{old.number}").status_code == 200


def test_a_refusal_is_read_by_the_holder_and_changes_nothing(world: World, old: Certificate) -> None:
    request_id = _ask(world, old)
    office = world.office()
    path = f"/certification/office/reissues/{request_id}/refuse"
    assert office.post(path, data={"answer": "Der Name im Profil ist noch der alte."}).status_code == 303
    assert office.post(path, data={"answer": "Noch einmal."}).status_code == 422
    holder = world.service.client_of(old.person_id, methods=("pwd",))
    assert "Der Name im Profil ist noch der alte." in holder.words(f"/certification/certificates/{old.number}")
    assert [c.state for c in world.certificates()] == [CertificateState.ISSUED]


def test_nobody_asks_twice_or_for_others(world: World, old: Certificate) -> None:
    _ask(world, old)
    path = f"/certification/certificates/{old.number}/reissue"
    again = world.service.client_of(old.person_id).post(path, data={"reason": "mistake", "text": "Und der Ort."})
    assert again.status_code == 422
    stranger = world.service.client_of(world.person())
    assert stranger.post(path, data={"reason": "mistake", "text": "x"}).status_code == 404


def test_a_mistake_is_corrected_from_the_present_facts(world: World, old: Certificate) -> None:
    attendance, _ = world.facts(old.person_id, old.run_id, place_id=old.place_id)
    world.hear(attendance.__class__(**{**vars(attendance), "units_attended": 24}))
    office = world.office()
    answer = office.post(f"/certification/office/certificates/{old.number}/reissue", data={"reason": "mistake"})
    assert answer.status_code == 303
    before, after = world.certificates()
    assert (before.units_attended, after.units_attended) == (20, 24)


def test_what_no_longer_counts_is_not_made_anew(world: World, old: Certificate) -> None:
    office = world.office()
    office.post(
        f"/certification/office/certificates/{old.number}/revoke", data={"reason": "issued_in_error", "note": "Irrtum"}
    )
    answer = office.post(f"/certification/office/certificates/{old.number}/reissue", data={"reason": "mistake"})
    assert answer.status_code == 422
    assert len(world.certificates()) == 1


def test_a_pass_never_flickers_while_a_certificate_is_replaced(world: World) -> None:
    association_id = world.association()
    people = [world.person(f"Person {number}") for number in range(2)]
    for person_id in people:
        world.join(association_id, person_id)
        for level in ("grundkurs", "aufbaukurs"):
            world.certify(person_id, level_code=level)
    changes = world.sent("certification.pass_changed")
    assert len(changes) == 1
    for certificate in world.certificates():
        world.office().post(
            f"/certification/office/certificates/{certificate.number}/reissue", data={"reason": "name_changed"}
        )
    assert len(world.certificates()) == 8
    assert world.sent("certification.pass_changed") == changes


def test_a_second_reissue_replaces_the_first(world: World, old: Certificate) -> None:
    office = world.office()
    for _ in range(2):
        (counting,) = (c for c in world.certificates() if c.state is CertificateState.ISSUED)
        office.post(f"/certification/office/certificates/{counting.number}/reissue", data={"reason": "name_changed"})
    states = [certificate.state for certificate in world.certificates()]
    assert states == [CertificateState.SUPERSEDED, CertificateState.SUPERSEDED, CertificateState.ISSUED]
    assert len(_by_number(world)) == 3
