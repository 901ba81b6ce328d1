"""The pages of the mailbox. A dev tool beside the platform: it shares the stylesheet and nothing else."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import pyotp
from flask import Flask, Response, abort, render_template, request
from markupsafe import Markup

from shared.devkit.mailbox.links import with_links
from shared.devkit.mailbox.store import Mail, MailStore

_SHOWN = 200
_CODE_SECONDS = 30
#: A mail is foreign text: no script, no form and no picture from elsewhere, and its links open outside the frame.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox"
)


def create_pages(store: MailStore, *, totp_file: Path, stylesheets: Callable[[], list[str]]) -> Flask:
    """The Flask app that serves /mailbox/."""
    app = Flask(__name__)
    app.add_template_filter(with_links)
    app.context_processor(lambda: {"stylesheets": stylesheets()})

    @app.get("/mailbox/")
    def overview() -> str:
        wanted = request.args.get("to", "").strip()
        mails = list(islice(_addressed_to(store, wanted), _SHOWN))
        return render_template("mailbox.html", mails=mails, wanted=wanted)

    @app.get("/mailbox/alive")
    def alive() -> str:
        return "ok"

    @app.get("/mailbox/message/<name>")
    def message(name: str) -> str:
        return render_template("message.html", mail=_get(store, name))

    @app.get("/mailbox/message/<name>/html")
    def html_part(name: str) -> Response:
        page = Markup('<!doctype html><base target="_blank">{}').format(Markup(_get(store, name).html))
        return Response(page, mimetype="text/html", headers={"Content-Security-Policy": _POLICY})

    @app.get("/mailbox/authenticator")
    def authenticator() -> str:
        seconds_left = _CODE_SECONDS - int(time.time()) % _CODE_SECONDS
        return render_template("authenticator.html", people=_codes(totp_file), seconds_left=seconds_left)

    @app.get("/mailbox/api/messages")
    def messages() -> Response:
        wanted = request.args.get("to", "").strip()
        found = islice(_addressed_to(store, wanted), _SHOWN)
        return Response(json.dumps([_as_json(mail) for mail in found]), mimetype="application/json")

    return app


def _addressed_to(store: MailStore, address: str) -> Iterator[Mail]:
    return (mail for mail in store.newest_first() if mail.is_to(address))


def _get(store: MailStore, name: str) -> Mail:
    mail = store.find(name)
    if mail is None:
        abort(404)
    return mail


def _as_json(mail: Mail) -> dict[str, str]:
    return asdict(mail) | {"received_at": mail.received_at.isoformat()}


def _codes(file: Path) -> list[dict[str, str]]:
    """The current code of each demo account, from the secrets that the demo data left."""
    if not file.exists():
        return []
    people = json.loads(file.read_text(encoding="utf-8"))
    return [{**person, "code": pyotp.TOTP(person["secret"]).now()} for person in people]
