"""The office erases a person's data on a page: told what goes and what stays, by typing the name, once."""

import pytest
import sqlalchemy as sa

from services.certification.models import Certificate
from tests.support.certification import World
from tests.support.pages import text_of

NAME = "Şükrü Özdoğan-Yıldız"


@pytest.fixture
def certificate(world: World) -> Certificate:
    """The certificate of somebody who asks to be erased."""
    return world.certify(world.person(NAME))


def path_of(certificate: Certificate) -> str:
    return f"/certification/office/people/{certificate.person_id}/erase"


def full_names(world: World) -> list[str]:
    return [certificate.full_name for certificate in world.certificates()]


def test_the_office_reads_what_goes_and_what_stays_and_erases_by_typing_the_name(
    world: World, certificate: Certificate
) -> None:
    office, path = world.office(), path_of(certificate)
    detail = f"/certification/certificates/{certificate.number}"
    assert path in office.get(detail).text
    words = office.words(path)
    assert NAME in words
    assert "The entry in the trust log." in words
    assert "The account, with the name in it." in words
    answer = office.post(path, data={"name": "şükrü  özdoğan yıldız"})
    assert answer.status_code == 303
    assert "The person's data are erased." in office.words(answer.location)
    assert full_names(world) == [""]
    assert "(erased)" in office.words("/certification/office/certificates")
    words = office.words(detail)
    assert "The person's data were erased" in words
    assert NAME not in words
    assert "Download as PDF" not in words
    assert "erased on" in world.service.client().words(f"/v/{certificate.number}")


@pytest.mark.parametrize("typed", ["", "Ayşe Gül", "Sukru Ozdogan-Yildiz", "Şükrü"])
def test_nothing_is_erased_without_the_whole_name(world: World, certificate: Certificate, typed: str) -> None:
    answer = world.office().post(path_of(certificate), data={"name": typed})
    assert answer.status_code == 422
    if typed:
        assert "This is not the name of this person. Nothing was erased." in text_of(answer.text)
    assert full_names(world) == [NAME]


def test_the_name_on_an_older_certificate_counts_as_well(world: World, certificate: Certificate) -> None:
    world.hear(world.person_event(certificate.person_id, "Şükrü Yıldız"))
    office = world.office()
    words = office.words(path_of(certificate))
    assert "Şükrü Yıldız" in words
    assert NAME in words
    assert office.post(path_of(certificate), data={"name": NAME}).status_code == 303
    assert full_names(world) == [""]


def test_the_audit_says_who_erased_whom_and_not_the_name(world: World, certificate: Certificate) -> None:
    world.office().post(path_of(certificate), data={"name": NAME})
    with world.service.transaction() as session:
        query = sa.text(
            "SELECT subject, actor_id IS NOT NULL AS is_somebody, audit_entry::text AS line FROM audit_entry"
            " WHERE action = 'certification:person:erase' ORDER BY subject"
        )
        lines = session.execute(query).all()
    assert [(line.subject, line.is_somebody) for line in lines] == [("certificate", True), ("person", True)]
    assert not [line for line in lines if "Özdoğan" in line.line]


def test_erasing_twice_says_that_nothing_is_left(world: World, certificate: Certificate) -> None:
    office, path = world.office(), path_of(certificate)
    office.post(path, data={"name": NAME})
    assert "There is nothing left to be erased." in office.words(path)
    assert office.post(path, data={"name": NAME}).status_code == 422
    unknown = "/certification/office/people/0190e5a0-0000-7000-8000-000000000001/erase"
    assert office.get(unknown).status_code == 404


@pytest.mark.parametrize("who", ["holder", "nobody", "half"])
def test_only_the_office_with_its_second_factor_erases(world: World, certificate: Certificate, who: str) -> None:
    client = {
        "holder": world.service.client_of(certificate.person_id),
        "nobody": world.service.client(),
        "half": world.half_office(),
    }[who]
    answer = client.post(path_of(certificate), data={"name": NAME})
    assert answer.status_code in (303, 403)
    assert full_names(world) == [NAME]
