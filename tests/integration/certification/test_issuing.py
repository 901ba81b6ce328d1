"""A certificate is issued by itself when both facts are there: in any order, however often they are told, once."""

import itertools
import json
import threading

import pytest

from services.certification.domain.certificates import CertificateState
from services.certification.queries.completions import lock_completion
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.coursework import LevelReopened
from shared.contracts.enrollment import AttendanceReopened
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from tests.support.certification import World


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_both_facts_issue_one_certificate_in_either_order(world: World, order: tuple[int, ...]) -> None:
    world.level()
    facts = world.facts(world.person(), world.run())
    world.hear(facts[order[0]])
    assert not world.certificates()
    world.hear(facts[order[1]])
    (certificate,) = world.certificates()
    assert certificate.state is CertificateState.ISSUED
    assert certificate.full_name == "Şükrü Özdoğan-Yıldız"
    assert certificate.fulfilled_on.isoformat() == "2026-11-20"
    (told,) = world.sent("certification.certificate_issued")
    assert told["number"] == certificate.number
    assert told["verification_url"].endswith(f"/v/{certificate.number}")


def test_the_certificate_waits_for_person_level_and_run_whatever_comes_last(world: World) -> None:
    for last in range(3):
        person_id, run_id, code = new_id(), new_id(), f"stufe{last}"
        descriptions = [
            world.person_event(person_id, "Ayşe Gül"),
            world.level_event(code, position=last),
            world.run_event(run_id, code),
        ]
        late = descriptions.pop(last)
        world.hear(*descriptions, *world.facts(person_id, run_id, level_code=code))
        assert len(world.certificates()) == last
        world.hear(late)
        assert len(world.certificates()) == last + 1


def test_facts_told_again_issue_nothing_more(world: World) -> None:
    world.level()
    facts = world.facts(world.person(), world.run())
    world.hear(*facts, *facts, *facts)
    assert len(world.certificates()) == 1
    assert len(world.sent("certification.certificate_issued")) == 1


def test_two_workers_with_both_facts_at_once_issue_one_certificate(world: World) -> None:
    world.level()
    world.service.worker.set_default()
    people = [world.person(f"Person {number}") for number in range(6)]
    run_id = world.run()
    pairs = [[world.envelope(fact) for fact in world.facts(person_id, run_id)] for person_id in people]

    def work(part: int) -> None:
        for pair in pairs:
            with world.service.transaction() as session:
                inbox.take_in(session, pair[part], handlers=HANDLERS, now=utc_now())

    workers = [threading.Thread(target=work, args=(part,)) for part in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert sorted(c.person_id for c in world.certificates()) == sorted(people)
    assert len(world.sent("certification.certificate_issued")) == len(people)


def test_the_second_fact_waits_for_the_first_and_issues_although_the_place_was_known(world: World) -> None:
    world.level()
    world.service.worker.set_default()
    attendance, result = world.facts(world.person(), world.run())
    facts = {name: getattr(attendance, name) for name in ("place_id", "run_id", "person_id", "level_code")}
    world.hear(AttendanceReopened(**facts))

    def hear_result() -> None:
        world.hear(result)

    second = threading.Thread(target=hear_result)
    with world.service.transaction() as session:
        lock_completion(session, **facts)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive(), "the second fact must wait before it looks for the first"
        inbox.take_in(session, world.envelope(attendance), handlers=HANDLERS, now=utc_now())
    second.join(timeout=30)
    assert len(world.certificates()) == 1


def test_a_second_run_of_the_same_level_issues_no_second_certificate(world: World) -> None:
    person_id = world.person()
    world.certify(person_id)
    world.hear(*world.facts(person_id, world.run()))
    assert len(world.certificates()) == 1


def test_a_fault_while_issuing_leaves_nothing_and_the_next_try_issues(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.level()
    attendance, result = world.facts(world.person(), world.run())
    world.hear(attendance)
    monkeypatch.setattr("services.certification.operations.issuing.signing.add_all_to_log", _fail)
    with pytest.raises(ZeroDivisionError):
        world.hear(result)
    assert not world.certificates()
    assert not world.sent("certification.certificate_issued")
    monkeypatch.undo()
    world.hear(result)
    assert len(world.certificates()) == 1


def _fail(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_what_was_issued_does_not_follow_a_later_name_or_level(world: World) -> None:
    person_id = world.person("Vorher Name")
    before = world.certify(person_id)
    world.hear(world.person_event(person_id, "Nachher Name"))
    (after,) = world.certificates()
    assert (after.full_name, after.credential) == ("Vorher Name", before.credential)


def test_a_fact_taken_back_puts_the_certificate_before_the_office_and_leaves_it_valid(world: World) -> None:
    certificate = world.certify(world.person())
    facts = {
        "place_id": certificate.place_id,
        "run_id": certificate.run_id,
        "person_id": certificate.person_id,
        "level_code": certificate.level_code,
    }
    world.hear(AttendanceReopened(**facts))
    (reviewed,) = world.certificates()
    assert (reviewed.state, reviewed.review_reason) == (CertificateState.ISSUED, "attendance_reopened")
    office = world.office()
    assert certificate.full_name in office.words("/certification/office/reviews")
    attendance, _ = world.facts(certificate.person_id, certificate.run_id, place_id=certificate.place_id)
    world.hear(attendance)
    assert world.certificates()[0].review_opened_at is None
    world.hear(LevelReopened(**facts))
    office.post(f"/certification/office/reviews/{certificate.number}/close")
    (closed,) = world.certificates()
    assert (closed.state, closed.review_opened_at) == (CertificateState.ISSUED, None)


def test_the_credential_holds_no_readable_name(world: World) -> None:
    certificate = world.certify(world.person())
    assert "Özdoğan" not in certificate.credential
    assert json.loads(certificate.credential)["credentialSubject"]["identifier"][0]["hashed"] is True
