"""The public page of what no longer counts: it stays readable, says why in words, and tells no more than a stranger may
read."""

import pytest
import sqlalchemy as sa

from services.certification.models import Certificate
from services.certification.operations.erasure import erase_person
from shared.contracts.enrollment import MembershipChanged
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from tests.support.certification import World
from tests.support.passes import awarded, keep_credential, the_pass, weigh_in

REASON, REMARK = "It rested on false statements.", "The programme office answers questions about it."
NOTE = "Anruf der Polizei"


@pytest.fixture
def certificate(world: World) -> Certificate:
    """A certificate that counts."""
    return world.certify(world.person("Ayşe Gül"))


def revoke(world: World, certificate: Certificate, *, remark: str = "office_answers") -> None:
    data = {"reason": "false_statements", "remark": remark, "note": NOTE}
    path = f"/certification/office/certificates/{certificate.number}/revoke"
    assert world.office().post(path, data=data).status_code == 303


def erase(world: World, certificate: Certificate) -> None:
    with world.service.transaction() as session:
        documents = world.service.resources.documents
        erase_person(session, actor=SYSTEM, person_id=certificate.person_id, documents=documents, now=utc_now())


def page(world: World, number: str) -> str:
    return world.service.client().words(f"/v/{number}")


def answer(world: World, number: str) -> dict[str, object]:
    """The same for programs."""
    document = world.service.client().get(f"/api/certification/v1/verifications/{number}").get_json()
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize(
    ("remark", "sentence"),
    [
        ("not_the_holders_fault", "The person whom it was issued to is not to blame."),
        ("new_one_follows", "A new certificate will be issued."),
        ("office_answers", REMARK),
    ],
)
def test_a_stranger_reads_the_reason_and_the_very_remark_that_the_office_chose(
    world: World, certificate: Certificate, remark: str, sentence: str
) -> None:
    path = f"/certification/office/certificates/{certificate.number}/revoke"
    assert sentence in world.office().words(path)
    revoke(world, certificate, remark=remark)
    words = page(world, certificate.number)
    assert REASON in words
    assert sentence in words
    assert NOTE not in words
    told = answer(world, certificate.number)
    assert told["revocation_remark"] == remark
    assert NOTE not in str(told)


def test_without_a_remark_the_page_says_the_reason_alone(world: World, certificate: Certificate) -> None:
    revoke(world, certificate, remark="")
    words = page(world, certificate.number)
    assert REASON in words
    assert REMARK not in words
    assert answer(world, certificate.number)["revocation_remark"] is None


def test_once_the_person_is_erased_nobody_reads_why_but_everybody_that_it_is_revoked(
    world: World, certificate: Certificate
) -> None:
    revoke(world, certificate)
    erase(world, certificate)
    words = page(world, certificate.number)
    assert "The person has had the data erased on" in words
    assert "This certificate is revoked since" in words
    assert REASON not in words
    assert REMARK not in words
    told = answer(world, certificate.number)
    assert (told["verdict"], told["revocation_reason"], told["revocation_remark"]) == ("erased", None, None)
    assert told["revoked_at"] is not None


def test_of_what_is_not_genuine_nobody_reads_why_it_was_revoked(world: World, certificate: Certificate) -> None:
    revoke(world, certificate)
    with world.service.transaction() as session:
        session.execute(sa.text("ALTER TABLE certificate DISABLE TRIGGER USER"))
        session.execute(sa.text("UPDATE certificate SET credential = replace(credential, 'Grundkurs', 'Aufbaukurs')"))
    words = page(world, certificate.number)
    assert "Do not rely on it" in words
    assert REASON not in words
    assert REMARK not in words
    assert answer(world, certificate.number)["revocation_remark"] is None


def test_a_replaced_certificate_stays_readable_and_leads_to_the_new_one(world: World, certificate: Certificate) -> None:
    path = f"/certification/office/certificates/{certificate.number}/reissue"
    assert world.office().post(path, data={"reason": "mistake"}).status_code == 303
    new = next(one for one in world.certificates() if one.replaces_id == certificate.id)
    words = page(world, certificate.number)
    assert "Replaced" in words
    assert "A new certificate has taken its place on" in words
    assert "This one no longer counts." in words
    assert "20 of 24 teaching units" in words
    assert f'href="/v/{new.number}"' in world.service.client().get(f"/v/{certificate.number}").text
    assert "genuine and valid" in page(world, new.number)
    assert answer(world, certificate.number)["superseded_by"] == new.number


def test_a_replaced_certificate_of_somebody_erased_still_says_that_it_was_replaced(
    world: World, certificate: Certificate
) -> None:
    path = f"/certification/office/certificates/{certificate.number}/reissue"
    world.office().post(path, data={"reason": "mistake"})
    erase(world, certificate)
    assert "A new certificate has taken its place on" in page(world, certificate.number)


def test_a_suspended_pass_stays_readable_and_says_that_it_may_come_back(world: World) -> None:
    _, (membership, _), _ = awarded(world)
    keep_credential(world)
    world.hear(MembershipChanged(**{**vars(membership), "is_current": False}))
    number = the_pass(world).number
    assert "holds the MEMO-Pass" in page(world, number), "in grace it still holds"
    weigh_in(world, 31)
    keep_credential(world)
    words = page(world, number)
    assert "Suspended" in words
    assert "The pass of this association is suspended at the moment." in words
    assert "it may come back" in words
    assert "Brücke e. V." in words
    assert "Tübingen" in words
    assert answer(world, number)["verdict"] == "suspended"
    world.hear(membership)
    keep_credential(world)
    assert "holds the MEMO-Pass" in page(world, number)


def test_an_ended_pass_stays_readable_and_says_that_its_time_is_over(world: World) -> None:
    awarded(world)
    keep_credential(world)
    weigh_in(world, 365 * 4)
    keep_credential(world)
    ended_pass_says_so(world)


def test_a_pass_whose_last_day_is_over_says_so_before_the_night_has_weighed_it(world: World) -> None:
    awarded(world)
    keep_credential(world)
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE association_pass SET valid_from = '2020-01-01', valid_until = '2022-12-31'"))
    assert the_pass(world).state == "awarded"
    ended_pass_says_so(world)


def ended_pass_says_so(world: World) -> None:
    number = the_pass(world).number
    words = page(world, number)
    assert "Expired" in words
    assert "The time of this pass is over." in words
    assert "Brücke e. V." in words
    assert "holds the MEMO-Pass" not in words
    assert answer(world, number)["verdict"] == "expired"


@pytest.mark.parametrize(
    ("language", "reason", "remark"),
    [
        ("de", "Es beruhte auf falschen Angaben.", "Das Programmbüro beantwortet Fragen dazu."),
        ("tr", "Yanlış beyanlara dayanıyordu.", "Program ofisi bu konudaki soruları yanıtlar."),
        ("ar", "استندت إلى بيانات غير صحيحة.", "يجيب مكتب البرنامج عن الأسئلة حول ذلك."),
    ],
)
def test_reason_and_remark_are_said_in_the_readers_language(
    world: World, certificate: Certificate, language: str, reason: str, remark: str
) -> None:
    revoke(world, certificate)
    words = world.service.client(language=language).words(f"/v/{certificate.number}")
    assert reason in words
    assert remark in words
    assert NOTE not in words
