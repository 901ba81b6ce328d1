"""Every kind of page that the roles of the demo programme reach: no barrier that axe finds.

Pages are found by following links, each kind once: whatever is linked from a page is checked.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from shared.devkit.journey.browser import desk
from shared.devkit.journey.stage import Stage
from shared.devkit.runner.layout import Layout
from shared.devkit.screenshots import kind_of, sign_in, visitors, walk

#: The success criteria of WCAG 2.0, 2.1 and 2.2, levels A and AA.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_ROLES = (
    "anonymous",
    "neu",
    "kurs",
    "zertifikat",
    "vorstand",
    "multiplikatorin",
    "trainerin",
    "traeger",
    "buero",
    "ministerium",
)


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Kinds of pages that were checked already; a second role need not see them again."""
    return set()


@pytest.fixture(scope="module")
def contexts(stage: Stage) -> Iterator[dict[str, BrowserContext]]:
    """A browser per role, signed in once."""
    found: dict[str, BrowserContext] = {}
    yield found
    for context in found.values():
        context.close()


@pytest.mark.parametrize("role", _ROLES)
def test_no_page_has_barriers(stage: Stage, contexts: dict[str, BrowserContext], seen: set[str], role: str) -> None:
    visitor = next(v for v in visitors(Layout(stage.var).demo) if v.name == role)
    contexts[role] = context = desk(stage.browser, stage.base_url)
    if visitor.email:
        sign_in(context, visitor, stage.base_url)
    page = context.new_page()
    tour = walk(page, stage.base_url)
    paths = [path for path in tour.paths if path == "/" or kind_of(path) not in seen]
    seen.update(kind_of(path) for path in paths)

    problems = list(tour.problems)
    for language, look in (("de", "light"), ("ar", "dark")):
        problems += _barriers(context, page, paths, language=language, look=look, base_url=stage.base_url)
    for language, look in (("de", "dark"), ("ar", "light")):
        problems += _barriers(context, page, paths[:2], language=language, look=look, base_url=stage.base_url)
    assert problems == []


def _barriers(
    context: BrowserContext, page: Page, paths: list[str], *, language: str, look: str, base_url: str
) -> list[Any]:
    cookies = {"memo_language": language, "memo_theme": look}
    context.add_cookies([{"name": name, "value": value, "url": base_url} for name, value in cookies.items()])
    page.emulate_media(reduced_motion="reduce")
    found = []
    for path in paths:
        page.goto(path)
        violations = Axe().run(page, options=_RULES).response["violations"]
        found += [
            (path, language, look, rule["id"], [node["html"][:120] for node in rule["nodes"]][:3])
            for rule in violations
        ]
    return found
