"""Files that somebody hands in: the genuine ones are recognised in each form."""

import json
from io import BytesIO

import pikepdf
import sqlalchemy as sa

from services.certification.models import Certificate
from tests.support.certification import World
from tests.support.uploads import FORMS, ISSUED, hand_in


def test_each_form_is_recognised_and_nothing_of_it_names_the_holder(
    world: World, certificate: Certificate, files: dict[str, bytes]
) -> None:
    for form in FORMS:
        words = hand_in(world, files[form])
        assert ISSUED in words, (form, words)
        assert "Özdoğan" not in words
    assert hand_in(world, certificate.number.encode()).startswith("Check a certificate"), "a number is no file"
    pasted = world.service.client().post("/v/file", data={"text": f"http://127.0.0.1:8080/v/{certificate.number}"})
    assert pasted.headers["Location"] == f"/v/{certificate.number}"


def test_a_revoked_certificate_is_revoked_in_each_form(
    world: World, certificate: Certificate, files: dict[str, bytes]
) -> None:
    world.office().post(
        f"/certification/office/certificates/{certificate.number}/revoke",
        data={"reason": "issued_in_error", "note": "Liste"},
    )
    for form in FORMS:
        words = hand_in(world, files[form])
        assert "This certificate is revoked" in words, form
        assert ISSUED not in words


def test_a_picture_that_is_not_ours_is_told_apart(world: World, files: dict[str, bytes]) -> None:
    painted = files["svg"].replace(b"<svg ", b"<svg data-x='1' ", 1)
    words = hand_in(world, painted)
    assert "The picture itself is not sealed" in words
    assert ISSUED not in words


def test_a_scan_is_told_that_it_holds_no_certificate(world: World) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    buffer = BytesIO()
    pdf.save(buffer)
    assert "no electronic certificate in this file" in hand_in(world, buffer.getvalue())


def test_what_says_that_it_is_ours_and_is_not_is_named_so(world: World, files: dict[str, bytes]) -> None:
    document = json.loads(files["json"])
    document["id"] = "http://127.0.0.1:8080/v/4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD"
    assert "we have not issued it" in hand_in(world, json.dumps(document).encode())


def test_a_sealed_paper_that_we_do_not_store_is_known_by_its_seal(world: World, files: dict[str, bytes]) -> None:
    with world.service.transaction() as session:
        session.execute(sa.text("DELETE FROM document"))
    words = hand_in(world, files["pdf"])
    assert "The PDF bears the electronic seal of the programme" in words
    assert ISSUED in words


def test_who_hands_in_nothing_is_asked_for_a_file(world: World) -> None:
    answer = world.service.client().post("/v/file", data={"text": ""})
    assert answer.status_code == 422
    assert "Choose a file, or paste its content as text." in answer.text
    assert "damaged" not in answer.text
