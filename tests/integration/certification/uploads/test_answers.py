"""What strangers are told: kept with our signature, shown elsewhere, taken over, limited, named."""

import base64
import hashlib
import json
from typing import Any

import sqlalchemy as sa

from services.certification.domain.keys import KeyPurpose
from services.certification.models import Certificate
from services.certification.operations.keys import present_key
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.uploads import ISSUED


def test_a_key_that_was_declared_void_is_explained(world: World, certificate: Certificate) -> None:
    with world.service.transaction() as session:
        key = present_key(
            session, purpose=KeyPurpose.CREDENTIALS, seal=seal_of(world.service.resources.settings), now=utc_now()
        )
        session.connection().exec_driver_sql(
            "UPDATE signing_key SET state = 'revoked', ended_at = now(), revoked_at = now(),"
            " revocation_reason = 'compromised' WHERE code = %s",
            (key.code,),
        )
    words = world.service.client().words(f"/v/{certificate.number}")
    assert "The key of this seal was declared void" in words
    assert "Somebody else has had this key" in words
    assert ISSUED not in words


def test_what_is_said_can_be_kept_with_our_signature(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    answer = client.get(f"/v/{certificate.number}/statement.json").get_json()
    payload = answer["token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert claims["verdict"] == "valid"
    assert claims["credential_sha256"] == hashlib.sha256(certificate.credential.encode()).hexdigest()
    assert claims["sub"].endswith(certificate.number)
    copy = client.get(f"/v/{certificate.number}/copy")
    assert "Kept copy of" in text_of(copy.text)
    assert "<form" not in copy.text.partition("<main")[2].partition("</main")[0]


def test_a_picture_of_the_state_may_stand_on_any_site_and_nothing_else(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    badge = client.get(f"/v/{certificate.number}/badge.svg?lang=de")
    assert badge.content_type == "image/svg+xml"
    assert badge.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in badge.headers
    frame = client.get(f"/v/{certificate.number}/embed")
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "<script" not in frame.text
    page = client.get(f"/v/{certificate.number}")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    unknown = client.get("/v/4C7F-9D3H-KLMN-PQRT-VWXZ-2346-79CD/badge.svg")
    assert (unknown.status_code, unknown.content_type) == (404, "image/svg+xml")


def test_asking_for_numbers_without_end_ends(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    outside = {"X-Forwarded-For": "198.51.100.7"}
    statuses = [client.get(f"/v/{certificate.number}", headers=outside).status_code for _ in range(125)]
    assert statuses[:100] == [200] * 100
    assert statuses[-1] == 429
    assert client.get(f"/v/{certificate.number}", headers={"X-Forwarded-For": "198.51.100.8"}).status_code == 200


def test_an_answer_is_taken_over_until_a_row_behind_it_changes(world: World, certificate: Certificate) -> None:
    client, sent = world.service.client(), []
    page, call = f"/v/{certificate.number}", f"/api/certification/v1/verifications/{certificate.number}"
    client.get(page)

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    for engine in world.service.resources.database.engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    assert "Valid" in client.words(page)
    assert client.get(call).get_json()["verdict"] == "valid"
    assert sent == [], "only the fingerprint of the rows is asked for, past what counts here"
    for engine in world.service.resources.database.engines:
        sa.event.remove(engine, "before_cursor_execute", note)
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE status_entry SET value = 1"))
    assert "Revoked" in client.words(page)
    assert client.get(call).get_json()["verdict"] == "revoked"


def test_the_name_stands_there_only_while_its_holder_wants_it(world: World, certificate: Certificate) -> None:
    client = world.service.client()
    page, call = f"/v/{certificate.number}", f"/api/certification/v1/verifications/{certificate.number}"
    assert "Özdoğan" not in client.get(page).text
    with world.service.transaction() as session:
        choose = "INSERT INTO holder_choice (certificate_id, shows_name, changed_at) VALUES (:id, true, now())"
        session.execute(sa.text(choose), {"id": certificate.id})
    assert "Şükrü Özdoğan-Yıldız" in client.words(page)
    assert client.get(call).get_json()["holder_name"] == "Şükrü Özdoğan-Yıldız"
    assert "Özdoğan" not in client.get(f"{page}/copy").text
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE holder_choice SET shows_name = false"))
    assert "Özdoğan" not in client.get(page).text
    assert "Özdoğan" not in client.get(call).text
