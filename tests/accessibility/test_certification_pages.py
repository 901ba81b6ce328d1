"""Key pages of certification, whether a tour of the links comes to them or not: no barrier that axe finds."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from shared.devkit.journey.browser import desk, phone
from shared.devkit.journey.stage import Stage
from shared.devkit.runner.layout import Layout
from shared.devkit.screenshots import sign_in, visitors

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

#: A page, or a page and the pattern of the first link on it that is followed.
_PAGES: dict[str, tuple[tuple[str, str | None], ...]] = {
    "anonymous": (
        ("/v/", None),
        ("/v/kept", None),
        ("/v/?number=ABCD-OOOO-1", None),
        ("/certification/log", None),
        ("/certification/register/passes", None),
        ("/certification/register/passes", r"/v/[0-9A-Z-]{34}"),
        ("/certification/register/passes?search=gibtesnicht", None),
        ("/certification/register/multipliers", None),
        ("/certification/register/multipliers", r"/certification/register/multipliers/[0-9a-f-]{36}"),
        ("/certification/achievements/grundkurs", None),
        ("/certification/achievements/memo-pass", None),
        ("/certification/shared/unknown", None),
    ),
    "zertifikat": (
        ("/certification/", None),
        ("/certification/", r"/certification/certificates/[0-9A-Z-]{34}"),
        ("/certification/multipliers/mine", None),
    ),
    "vorstand": (("/certification/passes", None), ("/certification/passes", r"/certification/passes/[0-9a-f-]+/entry")),
    "buero": (
        ("/certification/office/certificates", None),
        ("/certification/office/certificates", r"/certification/office/certificates/[0-9A-Z-]{34}/revoke"),
        ("/certification/office/releases", None),
        ("/certification/office/releases", r"/certification/office/releases/[0-9a-f-]{36}"),
        ("/certification/office/release-rule", None),
        ("/certification/office/reissues", r"/certification/office/reissues/[0-9a-f-]{36}"),
        ("/certification/office/reviews", None),
        ("/certification/office/batches", None),
        ("/certification/ceremonies", None),
        ("/certification/office/templates", None),
        ("/certification/office/templates/grundkurs", None),
        ("/certification/office/passes", None),
        ("/certification/office/passes", r"/certification/passes/[0-9a-f-]{36}"),
        ("/certification/office/passes/statistics", None),
        ("/certification/office/pass-rule", None),
        ("/certification/office/keys", None),
        ("/certification/office/keys/key-2026-1", None),
        ("/certification/office/keys/key-2026-1/revoke", None),
        ("/certification/office/tokens", None),
        ("/certification/office/webhooks", None),
    ),
}


@pytest.fixture(params=list(_PAGES))
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def contexts(stage: Stage, role: str) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """The same person at a desk and with a phone; a code of the second factor works once."""
    visitor = next(v for v in visitors(Layout(stage.var).demo) if v.name == role)
    at_desk, with_phone = desk(stage.browser, stage.base_url), phone(stage.browser, stage.base_url)
    if visitor.email:
        sign_in(at_desk, visitor, stage.base_url)
        with_phone.add_cookies(at_desk.cookies())  # type: ignore[arg-type]
    yield at_desk, with_phone
    at_desk.close()
    with_phone.close()


def test_no_key_page_has_barriers(stage: Stage, role: str, contexts: tuple[BrowserContext, BrowserContext]) -> None:
    problems: list[Any] = []
    for context, language, look in zip(contexts, ("de", "ar"), ("light", "dark"), strict=True):
        cookies = {"memo_language": language, "memo_theme": look}
        context.add_cookies([{"name": n, "value": value, "url": stage.base_url} for n, value in cookies.items()])
        page = context.new_page()
        page.emulate_media(reduced_motion="reduce")
        for path, link in _PAGES[role]:
            _open(page, path, link)
            problems += [(page.url, language, *barrier) for barrier in _barriers(page)]
    assert problems == []


def _open(page: Page, path: str, link: str | None) -> None:
    """The page with everything unfolded that can be unfolded."""
    page.goto(path)
    if link is not None:
        addresses = page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
        page.goto(next(address for address in addresses if re.fullmatch(link, address)))
    page.eval_on_selector_all("main details", "all => all.forEach(one => { one.open = true })")


def _barriers(page: Page) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page, options=_RULES).response["violations"]
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in violations]
