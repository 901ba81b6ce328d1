"""Webhooks: signed, told once, tried again with growing pauses, stopped when nobody is home, never sent inside."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

from services.certification.adapters.webhooks import Answer, Letter, deliver
from services.certification.domain.errors import WebhookAddressRefused
from services.certification.domain.webhooks import NEWS, PATIENCE, WebhookEvent, check_webhook
from services.certification.models import Webhook, WebhookMessage
from services.certification.operations import webhooks
from services.certification.tasks.inbound import HANDLERS
from shared.contracts.event import Envelope
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import inbox
from tests.support.certification import World

TOLD = ("certification.certificate_revoked", "certification.pass_changed")


def hear_own_events(world: World) -> None:
    """What the relay and the worker do: certification hears what it has told itself, each message once."""
    world.service.worker.set_default()
    query = sa.text("SELECT * FROM outbox_message WHERE destination = 'certification' AND type = ANY(:types)")
    with world.service.transaction() as session:
        told = session.execute(query, {"types": list(TOLD)}).all()
    for row in told:
        envelope = Envelope(
            message_id=row.id,
            event_id=row.event_id,
            type=row.type,
            version=row.version,
            producer="certification",
            destination="certification",
            subject="certificate",
            subject_id=row.subject_id,
            subject_version=row.subject_version,
            occurred_at=row.occurred_at,
            payload=row.payload,
            trace={},
        )
        with world.service.transaction() as session:
            inbox.take_in(session, envelope, handlers=HANDLERS, now=utc_now())


class Listener:
    """Somebody's machine: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], str]] = []
        self.status = 204
        self.url = ""


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.received.append((dict(self.headers), body))
            self.send_response(found.status)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/memo?x=1"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def subscribe(world: World, url: str, *events: WebhookEvent) -> Webhook:
    with world.service.transaction() as session:
        return webhooks.make_webhook(
            session, actor=SYSTEM, name="Stadt", url=url, events=frozenset(events or NEWS), mode="local", now=utc_now()
        )


def send(world: World, now: datetime | None = None) -> list[Answer]:
    """One round, as the task does it."""
    now = now or utc_now()
    with world.service.transaction() as session:
        letters = webhooks.take_due_letters(session, now=now)
    answers = webhooks.send_letters(letters, mode="local", now=now)
    with world.service.transaction() as session:
        webhooks.note_answers(session, answers=answers, now=now)
    return answers


@contextmanager
def rows(world: World) -> Iterator[tuple[Webhook, list[WebhookMessage]]]:
    with world.service.transaction() as session:
        yield (
            session.scalars(sa.select(Webhook)).one(),
            list(session.scalars(sa.select(WebhookMessage).order_by(WebhookMessage.created_at))),
        )


def test_what_happens_to_certificates_is_told_with_a_signature_that_fits(world: World, listener: Listener) -> None:
    webhook = subscribe(world, listener.url)
    certificate = world.certify(world.person("Ayşe Gül"))
    hear_own_events(world)
    send(world)
    ((headers, body),) = listener.received
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}".encode()
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert json.loads(body)["type"] == "certificate.issued"
    assert json.loads(body)["data"]["number"] == certificate.number
    assert "Ayşe" not in body
    assert str(certificate.person_id) not in body


def test_only_what_was_asked_for_is_told(world: World, listener: Listener) -> None:
    subscribe(world, listener.url, WebhookEvent.CERTIFICATE_REVOKED)
    certificate = world.certify(world.person())
    hear_own_events(world)
    assert send(world) == []
    form = {"reason": "issued_in_error", "note": "x"}
    world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=form)
    hear_own_events(world)
    assert [json.loads(body)["type"] for _, body in _sent(world, listener)] == ["certificate.revoked"]


def _sent(world: World, listener: Listener) -> list[tuple[dict[str, str], str]]:
    send(world)
    return listener.received


@pytest.mark.parametrize("status", [302, 400, 500])
def test_what_does_not_arrive_is_tried_again_with_growing_pauses_and_the_same_id(
    world: World, listener: Listener, status: int
) -> None:
    webhook = subscribe(world, listener.url)
    send_test_message(world, webhook)
    listener.status = status
    now, pauses = utc_now(), []
    for _ in range(10):
        send(world, now)
        with rows(world) as (_, (message,)):
            if message.due_at is None:
                break
            pauses.append(message.due_at - now)
            now = message.due_at
    assert pauses == sorted(pauses)
    assert pauses[0] <= timedelta(seconds=10)
    assert sum(pauses, timedelta()) > timedelta(days=2)
    assert len({headers["webhook-id"] for headers, _ in listener.received}) == 1
    assert len(listener.received) == 10
    with rows(world) as (_, (message,)):
        assert (message.due_at, message.delivered_at, message.last_status) == (None, None, status)


def send_test_message(world: World, webhook: Webhook) -> None:
    with world.service.transaction() as session:
        webhooks.send_test(session, actor=SYSTEM, webhook_id=webhook.id, now=utc_now())


def test_a_message_that_arrived_is_not_sent_again_until_somebody_asks(world: World, listener: Listener) -> None:
    webhook = subscribe(world, listener.url)
    send_test_message(world, webhook)
    send(world)
    send(world, utc_now() + timedelta(days=3))
    assert len(listener.received) == 1
    office = world.office()
    page = office.words(f"/certification/office/webhooks/{webhook.id}")
    assert "arrived" in page
    with rows(world) as (_, (message,)):
        pass
    office.post(f"/certification/office/webhooks/{webhook.id}/messages/{message.id}/again")
    send(world)
    assert len({headers["webhook-id"] for headers, _ in listener.received}) == 1
    assert len(listener.received) == 2


def test_a_worker_that_dies_while_sending_leaves_the_message_to_the_next_one(world: World, listener: Listener) -> None:
    send_test_message(world, subscribe(world, listener.url))
    with world.service.transaction() as session:
        assert webhooks.take_due_letters(session, now=utc_now())
    assert send(world) == [], "somebody has it at hand"
    send(world, utc_now() + timedelta(minutes=6))
    assert len(listener.received) == 1


def test_of_an_address_where_nobody_is_home_one_message_at_a_time_is_tried(world: World, listener: Listener) -> None:
    webhook = subscribe(world, listener.url)
    for _ in range(3):
        send_test_message(world, webhook)
    listener.status = 500
    assert len(send(world)) == 3
    later = utc_now() + timedelta(minutes=1)
    assert len(send(world, later)) == 1
    listener.status = 200
    later += timedelta(minutes=10)
    send(world, later)
    assert len(send(world, later)) == 2


def test_an_address_where_nobody_is_home_for_days_is_stopped_and_the_office_sees_it(
    world: World, listener: Listener
) -> None:
    webhook = subscribe(world, listener.url)
    send_test_message(world, webhook)
    listener.status = 500
    send(world)
    send_test_message(world, webhook)
    send(world, utc_now() + PATIENCE + timedelta(minutes=1))
    with rows(world) as (stopped, _):
        assert stopped.state == "stopped"
    office = world.office()
    assert "has not answered for days" in office.words("/certification/office/webhooks")
    world.certify(world.person())
    hear_own_events(world)
    with rows(world) as (_, messages):
        assert len(messages) == 2, "news are not kept for whom nobody expects back"
    listener.status = 200
    office.post(f"/certification/office/webhooks/{webhook.id}/go-on")
    send(world, utc_now() + PATIENCE + timedelta(days=2))
    with rows(world) as (back, _):
        assert (back.state, back.failing_since) == ("active", None)


def test_the_office_makes_pauses_and_deletes_webhooks_and_nobody_else(world: World) -> None:
    office, path = world.office(), "/certification/office/webhooks"
    form = {"name": "Stadt Ulm", "url": "https://ulm.example/memo", "events": ["certificate.issued"]}
    made = office.post(path, data=form)
    assert made.status_code == 303
    page = made.headers["Location"]
    assert "whsec_" in office.words(page)
    office.post(f"{page}/pause")
    assert "paused" in office.words(page)
    for wrong in ({"url": "http://ulm.example/"}, {"url": "https://user:pw@ulm.example/"}, {"events": []}):
        assert office.post(path, data=form | wrong).status_code == 422
    person = world.service.client_of(world.person())
    assert person.get(path).status_code == 403
    assert person.post(path, data=form).status_code == 403
    office.post(f"{page}/delete")
    assert office.get(page).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://ulm.example/",
        "ftp://ulm.example/",
        "https:///x",
        "https://ulm.example:22/",
        "https://a@ulm.example/",
        "https://ulm.example/#x",
        "https://ülm.example/",
        "https://ulm.example/ x",
        "https://[::1",
        "javascript:alert(1)",
        "https://" + "x" * 600,
    ],
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(WebhookAddressRefused):
        check_webhook(url=url, events=NEWS, may_be_local=False)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:10.0.0.1]", "0.0.0.0"],
)
def test_nothing_is_sent_to_machines_that_are_not_public(host: str) -> None:
    letter = Letter(new_id(), f"https://{host}/", "whsec_" + base64.b64encode(b"x" * 32).decode(), "{}")
    (answer,) = deliver([letter], mode="public", now=utc_now())
    assert (answer.status, answer.text) == (None, "address_not_public")
