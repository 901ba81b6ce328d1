"""Signing in as people of the demo programme, with what `make run` prints for everybody."""

import http.cookiejar
import json
import urllib.parse
import urllib.request
from pathlib import Path

import pyotp

COOKIE = "memo_identity"


class SignInFailed(Exception):
    """The demo person could not sign in; nothing of theirs can be measured."""


class Visitor:
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._jar = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    def get(self, path: str) -> str:
        """The text of a page, redirects followed."""
        with self._opener.open(f"{self._base_url}{path}", timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def post(self, path: str, **values: str) -> str:
        """The text of the page that a form leads to. Raises HTTPError where it is refused."""
        with self._opener.open(
            f"{self._base_url}{path}", urllib.parse.urlencode(values).encode(), timeout=30
        ) as answer:
            text: str = answer.read().decode()
            return text

    @property
    def identity(self) -> str:
        """The identity cookie's value; empty where nobody is signed in."""
        return next((cookie.value or "" for cookie in self._jar if cookie.name == COOKIE), "")

    @property
    def headers(self) -> dict[str, str]:
        """What a client of its own sends to be the same person."""
        return {"Cookie": f"{COOKIE}={self.identity}; memo_language=de"} if self.identity else {}


def sign_in(base_url: str, demo: Path, mailbox: str) -> Visitor:
    """A visitor who is this demo person, with the second factor where there is one. Raises SignInFailed."""
    known = json.loads((demo / "sign-ins.json").read_text(encoding="utf-8"))
    found = next((entry for entry in known if entry["sign_in"].startswith(f"{mailbox}@")), None)
    if found is None:
        raise SignInFailed(mailbox)
    visitor = Visitor(base_url)
    visitor.post("/sign-in", name=found["sign_in"], password=found["password"])
    secrets = {entry["email"]: entry["secret"] for entry in json.loads((demo / "totp.json").read_text("utf-8"))}
    if found["sign_in"] in secrets:
        visitor.post("/second-factor", code=pyotp.TOTP(secrets[found["sign_in"]]).now())
    if not visitor.identity:
        raise SignInFailed(mailbox)
    return visitor
