"""What a stranger learns: whether it is genuine, whether it counts, what for; never whose it is."""

import json
from io import BytesIO

import pytest
import sqlalchemy as sa

from services.certification.domain.numbers import new_number
from services.certification.domain.status import is_set
from tests.support.certification import World
from tests.support.pages import text_of


def set_bit(world: World, number: str) -> bool:
    """What the public status list says of a certificate, as other software reads it."""
    client = world.service.client()
    certificate = next(c for c in world.certificates() if c.number == number)
    entry = json.loads(certificate.credential)["credentialStatus"]
    path = entry["statusListCredential"].removeprefix("http://127.0.0.1:8080")
    answer = client.get(path)
    assert answer.content_type == "application/vc"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return is_set(answer.get_json(force=True)["credentialSubject"]["encodedList"], int(entry["statusListIndex"]))


def revoke(world: World, number: str, **more: str) -> int:
    office = world.office()
    return office.post(
        f"/certification/office/certificates/{number}/revoke",
        data={"reason": "issued_in_error", "note": "Liste verwechselt", **more},
    ).status_code


def test_the_public_page_says_valid_and_what_it_was_for_without_a_name(world: World) -> None:
    certificate = world.certify(world.person("Şükrü Özdoğan-Yıldız"))
    client = world.service.client()
    answer = client.get(f"/v/{certificate.number}")
    words = text_of(answer.text)
    assert "genuine and valid" in words
    assert "Grundkurs" in words
    assert "20 of 24 teaching units" in words
    assert "Özdoğan" not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_a_revoked_certificate_says_so_at_once_when_and_why(world: World) -> None:
    certificate = world.certify(world.person())
    assert set_bit(world, certificate.number) is False
    assert revoke(world, certificate.number) == 303
    words = world.service.client().words(f"/v/{certificate.number}")
    assert "This certificate is revoked since" in words
    assert "It no longer counts." in words
    assert "It was issued by mistake." in words
    assert "Liste verwechselt" not in words
    assert set_bit(world, certificate.number) is True
    (told,) = world.sent("certification.certificate_revoked")
    assert told["number"] == certificate.number


def test_a_certificate_is_revoked_once_and_only_with_a_note(world: World) -> None:
    certificate = world.certify(world.person())
    assert revoke(world, certificate.number, note="") == 422
    assert revoke(world, certificate.number) == 303
    assert revoke(world, certificate.number) == 422
    assert len(world.sent("certification.certificate_revoked")) == 1


def test_the_next_certificate_of_the_level_may_follow_a_revoked_one(world: World) -> None:
    person_id = world.person()
    first = world.certify(person_id)
    revoke(world, first.number)
    facts = world.facts(person_id, first.run_id, place_id=first.place_id)
    world.hear(*facts)
    assert len(world.certificates()) == 1, "the place that led to the revoked one leads to no other"
    world.hear(*world.facts(person_id, world.run()))
    assert len(world.certificates()) == 2


@pytest.mark.parametrize("language", ["de", "de-x-einfach", "en", "tr", "ar"])
def test_the_page_speaks_the_visitors_language(world: World, language: str) -> None:
    certificate = world.certify(world.person())
    page = world.service.client(language=language).get(f"/v/{certificate.number}").text
    assert f'lang="{language}"' in page
    assert ("genuine and valid" in page) == (language == "en")


def test_an_unknown_number_tells_what_to_do(world: World) -> None:
    client = world.service.client()
    answer = client.get(f"/v/{new_number()}")
    assert answer.status_code == 404
    assert "Compare all seven groups" in text_of(answer.text)
    answer = client.get("/v/O0-1IS")
    assert answer.status_code == 404
    assert "0, 1, 5, 8" in text_of(answer.text)


@pytest.mark.parametrize("typed", ["lower", "bare", "spaced"])
def test_a_number_is_found_however_it_is_typed(world: World, typed: str) -> None:
    number = world.certify(world.person()).number
    forms = {"lower": number.lower(), "bare": number.replace("-", ""), "spaced": number.replace("-", "  ")}
    assert "genuine and valid" in world.service.client().words("/v/", query_string={"number": forms[typed]})


def test_a_certificate_that_was_changed_in_the_database_is_not_genuine(world: World) -> None:
    certificate = world.certify(world.person())
    with world.service.transaction() as session:
        session.execute(sa.text("ALTER TABLE certificate DISABLE TRIGGER USER"))
        session.execute(sa.text("UPDATE certificate SET credential = replace(credential, 'Grundkurs', 'Aufbaukurs')"))
    words = world.service.client().words(f"/v/{certificate.number}")
    assert "Do not rely on it" in words
    assert "genuine and valid" not in words


def test_the_name_is_compared_not_shown_and_guessing_ends(world: World) -> None:
    number = world.certify(world.person("Şükrü Özdoğan-Yıldız")).number
    client = world.service.client()
    path = f"/v/{number}/name"
    assert "Yes, this is the name" in text_of(client.post(path, data={"name": "şükrü  özdoğan yıldız"}).text)
    wrong = client.post(path, data={"name": "Sukru Ozdogan"})
    assert "another name stands" in text_of(wrong.text)
    assert "Özdoğan" not in wrong.text
    assert client.post(path, data={"name": ""}).status_code == 422
    answers = [client.post(path, data={"name": f"Name {number}"}) for number in range(8)]
    assert answers[-1].status_code == 422
    assert "tried too often" in text_of(answers[-1].text)


def test_a_downloaded_credential_is_recognised_and_a_changed_one_is_not(world: World) -> None:
    certificate = world.certify(world.person())
    client = world.service.client()
    genuine = certificate.credential
    answer = client.post("/v/file", data={"file": (BytesIO(genuine.encode()), "credential.json")})
    assert "genuine and valid" in text_of(answer.text)
    assert "genuine and valid" in text_of(client.post("/v/file", data={"text": genuine}).text)
    for forged in (genuine.replace("20", "24"), json.dumps(json.loads(genuine) | {"honour": "high"})):
        words = text_of(client.post("/v/file", data={"text": forged}).text)
        assert "not what the programme has signed" in words
        assert "genuine and valid" not in words


def test_certificates_are_listed_and_found_by_the_office(world: World) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    world.certify(world.person("Maria Nowak"))
    office = world.office()
    assert "Ayşe Gül" in office.words("/certification/office/certificates?search=ayşe")
    assert "Maria Nowak" not in office.words("/certification/office/certificates?search=ayşe")
    assert "Ayşe Gül" in office.words(f"/certification/office/certificates?search={certificate.number.lower()}")
    assert "Nothing found" in office.words("/certification/office/certificates?state=revoked")


def test_a_long_list_is_paged(world: World) -> None:
    for number in range(23):
        world.certify(world.person(f"Person {number:02}"))
    office = world.office()
    first = office.get("/certification/office/certificates").text
    follow = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = office.get(follow).text
    names = {f"Person {number:02}" for number in range(23)}
    assert {name for name in names if name in first + second} == names
    assert sum(name in first for name in names) == 20
    assert office.get("/certification/office/certificates?after=x").status_code in (400, 404)


def test_the_holder_finds_everything_on_one_page(world: World) -> None:
    certificate = world.certify(world.person("Şükrü Özdoğan-Yıldız"))
    client = world.service.client_of(certificate.person_id, methods=("pwd",))
    assert "Grundkurs" in client.words("/certification/")
    page = client.words(f"/certification/certificates/{certificate.number}")
    assert f"http://127.0.0.1:8080/v/{certificate.number}" in page
    credential = client.get(f"/certification/certificates/{certificate.number}/credential.json")
    assert credential.data.decode() == certificate.credential


def test_a_level_explains_itself_to_people_and_to_software(world: World) -> None:
    world.level()
    client = world.service.client()
    assert "Einführung in das Vereinsrecht" in client.words("/certification/achievements/grundkurs")
    answer = client.get("/certification/achievements/grundkurs", headers={"Accept": "application/ld+json"})
    assert answer.get_json(force=True)["humanCode"] == "grundkurs"
    assert client.get("/certification/achievements/grundkurs/badge.svg").content_type == "image/svg+xml"
    assert client.get("/certification/achievements/unbekannt").status_code == 404


def test_what_caches_hold_is_asked_for_again_without_being_sent_again(world: World) -> None:
    world.certify(world.person())
    client = world.service.client()
    first = client.get("/.well-known/did.json")
    assert first.get_json(force=True)["id"] == "did:web:localhost%3A8080"
    assert "max-age=300" in first.headers["Cache-Control"]
    again = client.get("/.well-known/did.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
