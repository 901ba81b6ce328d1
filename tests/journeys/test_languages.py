"""Key pages in four languages and two sizes: nothing scrolls sideways, nothing is left in English, nothing is heavy."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from shared.devkit.demo.sign_ins import DEMO_PASSWORD
from shared.devkit.journey.browser import desk, phone
from shared.devkit.journey.stage import Stage, fill_password

_DIRECTIONS = {"de": "ltr", "de-x-einfach": "ltr", "en": "ltr", "ar": "rtl"}
_SIZES: dict[int, Callable[[Browser, str], BrowserContext]] = {390: phone, 1280: desk}
_WEIGHT_LIMIT_BYTES = 60 * 1024
_REQUESTS_LIMIT = 5
#: Words of the interface's English that German does not have.
_ENGLISH = re.compile(
    r"\b(the|your|you|and|with|without|please|course|courses|certificate|certificates|sign in|sign out|password"
    r"|member|members|from|free seats|dates|places|answer|answers|saved|next|back|account)\b",
    re.IGNORECASE,
)
#: English words that stand in German texts rightly.
_LOAN_WORDS = re.compile(r"fundraising|sponsoring|workshops?|quiz|newsletter|back-?up", re.IGNORECASE)


@dataclass(frozen=True)
class KeyPages:
    """Addresses that everybody meets, and the cookies of a participant in a running course."""

    paths: dict[str, str]
    cookies: list[Any]


@pytest.fixture(scope="module")
def key_pages(stage: Stage) -> Iterator[KeyPages]:
    """Found once, by following the pages of a participant."""
    context = phone(stage.browser, stage.base_url)
    page = context.new_page()
    fill_password(page, name="kurs@memo-demo.example", password=DEMO_PASSWORD)
    page.goto("/coursework/")
    course = _first(page, "main a[href*='/coursework/runs/']")
    page.goto(course)
    paths = {
        "home": "/",
        "my courses": "/my/courses",
        "courses near me": "/runs",
        "course": _first_on(page, "/runs", "main a[href^='/runs/']"),
        "coursework": course,
        "lesson": _first_on(page, course, "a[href*='/materials/']"),
        "quiz": _attempt(page, course),
        "assignment": _first_on(page, course, "a[href*='/assignment/']"),
        "certificates": "/certification/",
        "profile": "/profile",
    }
    page.goto(course)
    lessons = page.locator("a[href*='/materials/']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    paths |= {f"lesson {number}": href for number, href in enumerate(dict.fromkeys(lessons), start=1)}
    yield KeyPages(paths=paths, cookies=context.cookies())
    context.close()


def _first(page: Page, selector: str) -> str:
    href = page.locator(selector).first.get_attribute("href")
    assert href, selector
    return href


def _first_on(page: Page, path: str, selector: str) -> str:
    page.goto(path)
    return _first(page, selector)


def _attempt(page: Page, course: str) -> str:
    """The quiz that is under way in the demo programme, or the next one, begun."""
    page.goto(course)
    hrefs = page.locator("a[href*='/quiz/']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    for href in dict.fromkeys(hrefs):
        page.goto(href)
        button = page.locator(f"form[action='{href}'] button[type=submit]")
        if button.count():
            button.click()
            page.wait_for_url("**/attempts/*")
            return page.url
    raise AssertionError("no quiz can be taken")


def open_in(stage: Stage, language: str, width: int, *, cookies: list[Any]) -> Page:
    """A tab that reads in this language, with nobody or somebody signed in."""
    context = _SIZES[width](stage.browser, stage.base_url)
    context.add_cookies([*cookies, {"name": "memo_language", "value": language, "url": stage.base_url}])
    return context.new_page()


@pytest.mark.parametrize("width", _SIZES)
@pytest.mark.parametrize("language", _DIRECTIONS)
def test_no_page_scrolls_sideways_and_each_runs_in_its_direction(
    stage: Stage, key_pages: KeyPages, language: str, width: int
) -> None:
    problems = []
    for cookies, paths in ((key_pages.cookies, key_pages.paths), ([], {"sign-in": "/sign-in", "check": "/v/"})):
        page = open_in(stage, language, width, cookies=cookies)
        for name, path in paths.items():
            answer = page.goto(path)
            if answer is None or answer.status != 200:
                problems.append(f"{name}: {answer and answer.status}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{name}: scrolls sideways")
            direction = page.evaluate("getComputedStyle(document.documentElement).direction")
            if direction != _DIRECTIONS[language] or page.locator("html").get_attribute("lang") != language:
                problems.append(f"{name}: {page.locator('html').get_attribute('lang')} runs {direction}")
        page.context.close()
    assert problems == []


@pytest.mark.parametrize("language", ["de", "de-x-einfach"])
def test_german_pages_hold_no_english(stage: Stage, key_pages: KeyPages, language: str) -> None:
    problems = []
    for cookies, paths in ((key_pages.cookies, key_pages.paths), ([], {"sign-in": "/sign-in", "check": "/v/"})):
        page = open_in(stage, language, 1280, cookies=cookies)
        for name, path in paths.items():
            page.goto(path)
            words = _LOAN_WORDS.sub("", _without_foreign_parts(page))
            problems += [f"{name}: {match.group()}" for match in _ENGLISH.finditer(words)]
        page.context.close()
    assert problems == []


def _without_foreign_parts(page: Page) -> str:
    """What a reader sees, without what is marked as another language or as nobody's language."""
    page.evaluate(
        """() => document.querySelectorAll('[lang]:not(html):not([lang^=de]), [translate=no], bdi, script, style')
            .forEach(element => element.remove())"""
    )
    return str(page.evaluate("document.body.innerText"))


@pytest.mark.parametrize("name", ["sign-in", "home", "lesson", "quiz"])
def test_a_first_visit_is_light(stage: Stage, key_pages: KeyPages, name: str) -> None:
    """Source: DESIGN.md section 8, pages: 60 KiB over the wire and five requests at most."""
    cookies = [] if name == "sign-in" else key_pages.cookies
    page = open_in(stage, "de", 390, cookies=cookies)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: dict[str, float] = {}
    devtools.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(key_pages.paths.get(name, "/sign-in"), wait_until="networkidle")
    assert len(sizes) <= _REQUESTS_LIMIT
    assert sum(sizes.values()) <= _WEIGHT_LIMIT_BYTES
    page.context.close()
