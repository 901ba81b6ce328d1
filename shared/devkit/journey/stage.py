"""Where a journey takes place: a running platform, a browser, and the people of the demo programme."""

import json
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page

from shared.devkit.journey.browser import desk
from shared.devkit.runner.layout import Layout

Found = TypeVar("Found")

_LOOK_AGAIN_SECONDS = 0.3
_PATIENCE_SECONDS = 60.0
_CODE_SECONDS = 30


class JourneyFailed(Exception):
    """A step could not be taken; the text says what was expected and not found."""


@dataclass
class Stage:
    """A running platform with its `var/`, and a browser. Staff stay signed in from step to step.

    `pictures` is the folder for screenshots, None for none.
    """

    base_url: str
    var: Path
    browser: Browser
    pictures: Path | None = None
    _staff: dict[str, BrowserContext] = field(default_factory=dict)
    _taken: int = 0

    def staff(self, mailbox: str) -> Page:
        """A tab of a member of staff, signed in with both factors; `mailbox` as in `traeger@memo-demo.example`."""
        if mailbox not in self._staff:
            context = desk(self.browser, self.base_url)
            self._sign_in(context.new_page(), f"{mailbox}@memo-demo.example")
            self._staff[mailbox] = context
        return self._staff[mailbox].pages[0]

    def _sign_in(self, page: Page, email: str) -> None:
        person = next(row for row in self.demo("sign-ins.json") if row["sign_in"] == email)
        fill_password(page, name=email, password=person["password"])
        give_second_factor(page, secret=self.totp_secret(email))

    def totp_secret(self, email: str) -> str:
        """The secret of a demo authenticator."""
        return str(next(row["secret"] for row in self.demo("totp.json") if row["email"] == email))

    def demo(self, name: str) -> Any:
        """A file that the demo programme has left, as `sign-ins.json`. Raises JourneyFailed."""
        file = Layout(self.var).demo / name
        if not file.exists():
            raise JourneyFailed(f"{file} is missing: has the demo programme been loaded into this folder?")
        return json.loads(file.read_text(encoding="utf-8"))

    def mail(self, to: str, *, having: str) -> dict[str, str]:
        """The newest mail to an address whose text has these words, as soon as it is there."""

        def look() -> dict[str, str] | None:
            address = f"{self.base_url}/mailbox/api/messages?to={urllib.parse.quote(to)}"
            with urllib.request.urlopen(address, timeout=10) as answer:
                mails = json.load(answer)
            return next((mail for mail in mails if having in mail["text"] or having in mail["subject"]), None)

        return wait_for(look, f"a mail to {to} that has “{having}” in it")

    def picture(self, page: Page, name: str) -> None:
        """Save what the tab shows, numbered in the order of the journey."""
        if self.pictures is not None:
            self._taken += 1
            self.pictures.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=self.pictures / f"{self._taken:02d}-{name}.png", full_page=True)

    def close(self) -> None:
        """Close what the staff had open."""
        for context in self._staff.values():
            context.close()


def fill_password(page: Page, *, name: str, password: str, path: str = "/sign-in") -> None:
    """Sign in with address or personal code, and password."""
    page.goto(path)
    form = page.locator("form[action='/sign-in']")
    form.locator("[name=name]").fill(name)
    form.locator("[name=password]").fill(password)
    form.locator("button[type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def give_second_factor(page: Page, *, secret: str) -> None:
    """Type the code of the authenticator; a code that was used already is followed by the next one."""
    page.wait_for_url("**/second-factor**")
    for _ in range(2):
        form = page.locator("form[action='/second-factor']")
        form.locator("[name=code]").fill(pyotp.TOTP(secret).now())
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()
        if "/second-factor" not in page.url:
            return
        time.sleep(_CODE_SECONDS - time.time() % _CODE_SECONDS + 0.5)
    raise JourneyFailed("the second factor was not accepted")


def wait_for(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, as soon as it finds something. Raises JourneyFailed after a minute."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise JourneyFailed(f"waited {_PATIENCE_SECONDS:.0f} s in vain for {what}")
        time.sleep(_LOOK_AGAIN_SECONDS)
