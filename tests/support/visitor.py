"""Somebody who uses the pages without a browser's eyes: quick, and stubborn where a process has just been killed."""

import re
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import APIResponse, Browser, Error

_PATIENCE_SECONDS = 240.0
_LOOK_AGAIN_SECONDS = 0.5
_REQUEST_MS = 20_000

Values = Sequence[tuple[str, str]]


class Trouble(Exception):
    """The platform did not answer as it does on a good day."""


class Visitor:
    """One person with cookies. `get` and `post` follow redirects and answer with the page; 5xx is trouble."""

    def __init__(self, browser: Browser, base_url: str, *, cookies: Sequence[Any] = ()) -> None:
        self._context = browser.new_context(base_url=base_url, locale="de-DE")
        self._context.add_cookies(list(cookies))
        self._headers = {"Origin": base_url, "Sec-Fetch-Site": "same-origin"}
        #: Where the last answer came from, after redirects.
        self.url = ""

    def get(self, path: str) -> str:
        """The page at this address."""
        return self._read(lambda: self._context.request.get(path, timeout=_REQUEST_MS))

    def post(self, path: str, values: Values = ()) -> str:
        """What a form answers."""
        headers = {**self._headers, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(values)
        return self._read(lambda: self._context.request.post(path, data=body, headers=headers, timeout=_REQUEST_MS))

    def _read(self, send: Callable[[], APIResponse]) -> str:
        try:
            answer = send()
            self.url = answer.url
            text = answer.text()
        except Error as error:
            raise Trouble(str(error).splitlines()[0]) from error
        if answer.status >= 500:
            raise Trouble(f"{answer.status} {self.url}")
        return text

    def close(self) -> None:
        """Forget the cookies."""
        self._context.close()


def insist(is_done: Callable[[], bool], act: Callable[[], object], what: str) -> None:
    """Act until it is done, looking first each time: an answer that was lost may have been the answer to a success."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    last = ""
    while time.monotonic() < deadline:
        try:
            if is_done():
                return
            act()
            continue
        except Trouble as trouble:
            last = str(trouble)
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise AssertionError(f"{what}: not within {_PATIENCE_SECONDS:.0f} s; {last}")


def wait_until(is_done: Callable[[], bool], what: str) -> None:
    """Look again and again until it is so."""
    insist(is_done, lambda: time.sleep(_LOOK_AGAIN_SECONDS), what)


def all_in(page: str, pattern: str) -> list[str]:
    """What the group of a pattern finds in a page, each once, in order."""
    return list(dict.fromkeys(re.findall(pattern, page)))
