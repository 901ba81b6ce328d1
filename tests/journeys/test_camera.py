"""The camera on the verification page, before which somebody holds a printed certificate."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Page

from shared.devkit.journey.browser import ARGUMENTS, phone
from shared.devkit.journey.stage import Stage
from shared.devkit.setup.browser import find_browser
from tests.support.camera import camera_arguments, film_of

Scan = Callable[[str], Page]
NUMBER = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345"


@pytest.fixture
def scan(stage: Stage, tmp_path: Path) -> Iterator[Scan]:
    """A phone whose camera sees a code, on the verification page, just after the camera was switched on."""
    with ExitStack() as stack:

        def show(content: str) -> Page:
            film = film_of(content, file=tmp_path / "film.y4m")
            browser = stage.browser.browser_type.launch(
                executable_path=find_browser(), args=[*ARGUMENTS, *camera_arguments(film)]
            )
            stack.callback(browser.close)
            page = phone(browser, stage.base_url).new_page()
            page.goto("/v/")
            page.click("[data-scan]")
            return page

        yield show


def test_a_code_of_ours_leads_to_its_certificate(scan: Scan, stage: Stage) -> None:
    page = scan(f"{stage.base_url}/v/{NUMBER}")
    page.wait_for_url(f"**/v/{NUMBER}")


def test_a_code_of_another_website_is_not_followed(scan: Scan) -> None:
    page = scan(f"https://evil.example/v/{NUMBER}")
    page.wait_for_selector("text=führt zu keinem Zertifikat dieser Website")
    assert page.url.endswith("/v/")
    page.click("[data-stop]")
    assert page.locator("video").is_hidden()
