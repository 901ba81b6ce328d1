"""The dev mailbox keeps every mail and shows it without trusting it."""

import json
from email.message import EmailMessage
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient

from shared.devkit.mailbox.pages import create_pages
from shared.devkit.mailbox.store import MailStore

_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def store(tmp_path: Path) -> MailStore:
    return MailStore(tmp_path / "mailbox")


@pytest.fixture
def client(store: MailStore, tmp_path: Path) -> FlaskClient:
    totp_file = tmp_path / "totp.json"
    totp_file.write_text(json.dumps([{"name": "Büro", "email": "office@memo.example", "secret": _SECRET}]))
    return create_pages(store, totp_file=totp_file, stylesheets=list).test_client()


def _mail(to: str, subject: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "MEMO <post@memo.example>", to, subject
    message.set_content("Grüße <b>\nhttp://127.0.0.1:8080/sign-in/abc?x=1.")
    message.add_alternative("<p>Grüße</p><script>alert(1)</script>", subtype="html")
    return message.as_bytes()


def test_mails_come_newest_first_and_can_be_asked_for_by_recipient(client: FlaskClient, store: MailStore) -> None:
    for to, subject in (("a@x.example", "one"), ("b@x.example", "two"), ("Amina <A@x.example>", "drei – Grüße")):
        store.keep(_mail(to, subject))
    found = client.get("/mailbox/api/messages?to=a@x.example").json
    assert found is not None
    assert [mail["subject"] for mail in found] == ["drei – Grüße", "one"]
    assert "http://127.0.0.1:8080/sign-in/abc?x=1" in found[0]["text"]


def test_a_mail_opens_with_its_links_and_without_its_scripts(client: FlaskClient, store: MailStore) -> None:
    name = store.keep(_mail("a@x.example", "one"))
    page = client.get(f"/mailbox/message/{name}").text
    assert '<a href="http://127.0.0.1:8080/sign-in/abc?x=1">' in page
    assert "&lt;b&gt;" in page
    policy = client.get(f"/mailbox/message/{name}/html").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fsecrets", "20261123T060000.000000Z-00000000"])
def test_only_mails_can_be_opened(client: FlaskClient, name: str) -> None:
    assert client.get(f"/mailbox/message/{name}").status_code == 404


def test_the_authenticator_shows_the_code_that_is_valid_now(client: FlaskClient) -> None:
    page = client.get("/mailbox/authenticator").text
    totp = pyotp.TOTP(_SECRET)
    assert totp.now() in page
