"""The whole platform as `make run` starts it, demo programme included, and a real browser: fixtures for every test
that looks at it from outside.

MEMO_TEST_PLATFORM_VAR names the folder of a platform that runs already and is to be used instead.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from shared.devkit.journey.browser import open_browser, phone
from shared.devkit.journey.stage import Stage
from shared.devkit.platform import Platform, start_platform
from tests.support.ports import free_port


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """All processes over a fresh folder; the demo programme is loaded."""
    if given := os.environ.get("MEMO_TEST_PLATFORM_VAR"):
        running = Platform(var=Path(given), runner=None, base_url="")  # type: ignore[arg-type]
        yield Platform(var=running.var, runner=running.runner, base_url=running.state["address"])
        return
    with start_platform(tmp_path_factory.mktemp("platform"), free_port()) as platform:
        yield platform


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Playwright keeps an event loop running in this thread, which others could not start then."""
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def stage(platform: Platform, chromium: Browser) -> Iterator[Stage]:
    """Where the steps of shared.devkit.journey take place."""
    stage = Stage(base_url=platform.base_url, var=platform.var, browser=chromium)
    yield stage
    stage.close()


@pytest.fixture
def browser_context(chromium: Browser, platform: Platform) -> Iterator[BrowserContext]:
    """A phone of 390 px that reads German and has never been here."""
    context = phone(chromium, platform.base_url)
    yield context
    context.close()


@pytest.fixture
def phone_page(browser_context: BrowserContext) -> Page:
    """One tab of the phone."""
    return browser_context.new_page()
