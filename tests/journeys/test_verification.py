"""A stranger with a phone: the answer in one glance, in the stranger's language; kept for later only when asked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from shared.devkit.demo.sign_ins import DEMO_PASSWORD
from shared.devkit.journey.browser import phone
from shared.devkit.journey.stage import Stage, fill_password


@pytest.fixture(scope="module")
def number(stage: Stage) -> str:
    """The number of a certificate of the demo programme."""
    context = phone(stage.browser, stage.base_url)
    page = context.new_page()
    fill_password(page, name="zertifikat@memo-demo.example", password=DEMO_PASSWORD)
    page.goto("/certification/")
    href = page.locator("main a[href*='/certification/certificates/']").first.get_attribute("href")
    context.close()
    assert href
    return href.rpartition("/")[2]


@pytest.fixture
def stranger(stage: Stage) -> Iterator[BrowserContext]:
    """A phone that was never here."""
    context = phone(stage.browser, stage.base_url)
    yield context
    context.close()


@pytest.mark.parametrize(("language", "word"), [("de", "Gültig"), ("ar", "سارية"), ("tr", "Geçerli"), ("en", "Valid")])
def test_the_answer_stands_first_in_the_strangers_language(stage: Stage, number: str, language: str, word: str) -> None:
    context = stage.browser.new_context(
        base_url=stage.base_url, locale=language, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto(f"/v/{number}")
    answer = page.locator("h1")
    assert word in answer.inner_text()
    box = answer.bounding_box()
    assert box
    assert box["y"] < 300, "above the fold of the smallest phone"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_nothing_is_kept_before_somebody_asks_for_it(stranger: BrowserContext, number: str) -> None:
    page = stranger.new_page()
    page.goto(f"/v/{number}")
    page.wait_for_selector("[data-keep]")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    assert stranger.cookies() == []


def test_a_kept_page_opens_without_a_network_and_says_from_when_it_is(stranger: BrowserContext, number: str) -> None:
    page = stranger.new_page()
    page.goto(f"/v/{number}")
    page.click("[data-keep]")
    page.wait_for_selector("[data-part=keep] :text('Auf diesem Gerät behalten')")
    stranger.set_offline(True)
    page.goto(f"/v/{number}")
    assert "Kopie vom" in page.inner_text("main")
    page.wait_for_selector("text=Ihr Browser hat die Unterschrift geprüft")
    page.goto("/v/")
    page.wait_for_selector(f"main li:has-text('{number}')")
    forget_all(page)
    stranger.set_offline(False)
    assert page.evaluate("caches.keys()") == []


#: A worker is registered before it is active; on a slow phone this takes a while.
SLOW_WORKER = """
const { register } = ServiceWorkerContainer.prototype
ServiceWorkerContainer.prototype.register = async function (...all) {
  setTimeout(() => register.apply(this, all), 1500)
}
"""


def test_a_page_counts_as_kept_only_when_it_opens_without_a_network(stranger: BrowserContext, number: str) -> None:
    stranger.add_init_script(SLOW_WORKER)
    page = stranger.new_page()
    page.goto(f"/v/{number}")
    page.click("[data-keep]")
    page.wait_for_selector("[data-part=keep] :text('Auf diesem Gerät behalten')")
    stranger.set_offline(True)
    page.goto(f"/v/{number}")
    assert "Kopie vom" in page.inner_text("main")


def forget_all(page: Page) -> None:
    page.click("main ul button")
    page.wait_for_selector("main ul li", state="detached")


def test_without_a_camera_the_page_says_what_to_do(stranger: BrowserContext) -> None:
    page = stranger.new_page()
    page.goto("/v/")
    page.click("[data-scan]")
    page.wait_for_selector("[data-part=scan] [data-said]:not([hidden])")
    assert "tippen Sie die Nummer" in page.inner_text("[data-part=scan]")
