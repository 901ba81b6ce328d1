"""`make screenshots`: every kind of page as every role sees it, saved as pictures.

    python -m shared.devkit.screenshots [--var var] [--base-url URL] [--only de-390-light] [--role buero]

Needs the running platform with its demo programme. Signs in the demo roles, follows the links of the pages, takes each
kind of page once (addresses that differ by an id only are one kind), and saves it in German and Arabic, on a phone and
a desk, light and dark, to `var/screenshots/<role>/`. Prints every page that failed, and exits 1 then.
"""

import argparse
import itertools
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyotp
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response

from shared.devkit.journey.browser import open_browser

LANGUAGES = ("de", "ar")
WIDTHS = (390, 1280)
LOOKS = ("light", "dark")
PAGES_PER_ROLE = 40

_ID = re.compile(r"/(?:(?=[^/]*\d)[\w-]{6,}|(?:grundkurs|aufbaukurs|multiplikator)(?:-\w+)?)(?=/|$)")
_NO_PAGES = re.compile(
    r"^/(static|api|mailbox|memo-|healthz|readyz|metrics|links|slip)|\.(ics|csv|pdf|json|zip)$|/download"
)


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    language: str
    width: int
    look: str

    @property
    def name(self) -> str:
        """As in file names and in `--only`."""
        return f"{self.language}-{self.width}-{self.look}"


@dataclass(frozen=True)
class Visitor:
    """Somebody who looks around; without an address nobody is signed in."""

    name: str
    email: str | None = None
    password: str = ""
    totp_secret: str | None = None


@dataclass
class Tour:
    """The kinds of pages that one visitor has found, and what went wrong on the way."""

    paths: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def visitors(demo: Path) -> list[Visitor]:
    """Nobody, and one person per role of the demo programme, as the runner's table lists them."""
    secrets = {entry["email"]: entry["secret"] for entry in _read(demo / "totp.json")}
    signed_in = [
        Visitor(
            name=entry["sign_in"].split("@")[0],
            email=entry["sign_in"],
            password=entry["password"],
            totp_secret=secrets.get(entry["sign_in"]),
        )
        for entry in _read(demo / "sign-ins.json")
        if "@" in entry["sign_in"]
    ]
    return [Visitor("anonymous"), *signed_in]


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def sign_in(context: BrowserContext, visitor: Visitor, base_url: str) -> None:
    """Sign in with password and, for staff, with a code of the demo authenticator."""
    headers = {"Origin": base_url, "Sec-Fetch-Site": "same-origin"}
    given: dict[str, str | float | bool] = {"name": visitor.email or "", "password": visitor.password}
    context.request.post(f"{base_url}/sign-in", form=given, headers=headers)
    if visitor.totp_secret:
        code = pyotp.TOTP(visitor.totp_secret).now()
        context.request.post(f"{base_url}/second-factor", form={"code": code}, headers=headers)


def kind_of(path: str) -> str:
    """The address without its ids: two courses' pages are one kind."""
    return _ID.sub("/*", path)


def walk(page: Page, base_url: str) -> Tour:
    """Follow the links from the home page until every kind of page has been seen once."""
    tour, waiting, seen = Tour(), ["/"], {"/"}
    while waiting and len(tour.paths) < PAGES_PER_ROLE:
        path = waiting.pop(0)
        response = _open(page, base_url + path)
        if response is None or "text/html" not in response.headers.get("content-type", ""):
            continue
        if response.status >= 400:
            tour.problems.append(f"{response.status} {path}")
            continue
        tour.paths.append(path)
        for found in _links_of(page, base_url):
            if kind_of(found) not in seen:
                seen.add(kind_of(found))
                waiting.append(found)
    return tour


def _open(page: Page, address: str) -> Response | None:
    """The answer to an address, None for what the browser saves as a file instead of showing it."""
    try:
        return page.goto(address, wait_until="load")
    except Error as error:
        if "Download is starting" not in error.message:
            raise
        return None


def _links_of(page: Page, base_url: str) -> Iterator[str]:
    """Paths of this site that a link on the page leads to."""
    for href in page.eval_on_selector_all("a[href]:not([download])", "links => links.map(a => a.getAttribute('href'))"):
        address = urlsplit(urljoin(page.url, href))
        is_ours = f"{address.scheme}://{address.netloc}" == base_url and not address.query
        if is_ours and not _NO_PAGES.search(address.path):
            yield address.path


def save(
    browser: Browser, visitor: Visitor, tour: Tour, view: View, *, state: Any, base_url: str, folder: Path
) -> None:
    """Save every page of a tour in one view; pages that scroll sideways become problems of the tour."""
    context = browser.new_context(storage_state=state, viewport={"width": view.width, "height": 900})
    cookies = {
        "memo_language": "de-x-einfach" if view.language == "einfach" else view.language,
        "memo_theme": view.look,
    }
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
    page = context.new_page()
    for path in tour.paths:
        page.goto(base_url + path, wait_until="load")
        file = folder / visitor.name / f"{_file_name(path)}-{view.name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=file, full_page=True)
        if page.evaluate("document.documentElement.scrollWidth") > view.width:
            tour.problems.append(f"scrolls sideways in {view.name}: {path}")
    context.close()


def _file_name(path: str) -> str:
    return re.sub(r"\W+", "-", kind_of(path).replace("*", "x")).strip("-") or "home"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--var", type=Path, default=Path("var"))
    parser.add_argument("--base-url", default="http://127.0.0.1:8080")
    parser.add_argument("--only", action="append", help="one view, as de-390-light, einfach-390-light; may be repeated")
    parser.add_argument("--role", action="append", help="one visitor, as buero or anonymous; may be repeated")
    return parser


def _views(only: list[str] | None) -> list[View]:
    if not only:
        return [View(*view) for view in itertools.product(LANGUAGES, WIDTHS, LOOKS)]
    chosen = [name.split("-") for name in only]
    return [View(language, int(width), look) for language, width, look in chosen]


def main(arguments: list[str] | None = None) -> int:
    """Takes all pictures; 1 when a page answered with an error or scrolls sideways."""
    given = _arguments().parse_args(arguments)
    folder = given.var / "screenshots"
    problems: list[str] = []
    with open_browser() as browser:
        for visitor in visitors(given.var / "demo"):
            if given.role and visitor.name not in given.role:
                continue
            context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
            if visitor.email:
                sign_in(context, visitor, given.base_url)
            tour = walk(context.new_page(), given.base_url)
            state = context.storage_state()
            context.close()
            for view in _views(given.only):
                save(browser, visitor, tour, view, state=state, base_url=given.base_url, folder=folder)
            print(f"{visitor.name}: {len(tour.paths)} pages")
            problems += [f"{visitor.name}: {problem}" for problem in tour.problems]
    print(f"saved to {folder}", *problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
