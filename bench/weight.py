"""What a phone loads at its first visit: bytes on the wire and requests, by a real browser with an empty cache."""

from dataclasses import dataclass

from playwright.sync_api import Browser

BUDGET_BYTES = 60 * 1024
BUDGET_REQUESTS = 5


@dataclass(frozen=True)
class Weight:
    """Bytes on the wire (headers and compressed bodies) and the number of requests."""

    bytes: int
    requests: int


def first_load(browser: Browser, url: str, *, cookies: list[dict[str, str]]) -> Weight:
    """The first load of a page by somebody who has these cookies and nothing else."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    finished: list[float] = []
    session.on("Network.loadingFinished", lambda event: finished.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    context.close()
    return Weight(bytes=int(sum(finished)), requests=len(finished))
