"""Every component in a real browser: no barrier that axe finds, no sideways scrolling, scripts that do their work."""

import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, Response
from flask_babel import Babel
from playwright.sync_api import Browser, Page, Route, expect
from werkzeug.serving import make_server

from shared.ui import TRANSLATIONS, init_ui
from shared.ui.styleguide import blueprint

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)
PHONE, DESK, MAGNIFIED = 390, 1280, 320
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The style guide alone, under the policy of the real pages."""
    app = Flask(__name__, static_folder=None)
    app.secret_key = "test"
    init_ui(app)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale="de")
    app.register_blueprint(blueprint)

    @app.after_request
    def forbid(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/styleguide/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A phone's tab that remembers what its console complained about."""
    page = chromium.new_page(viewport={"width": PHONE, "height": 844})
    page.set_default_timeout(5000)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [
        ("de", "light", DESK),
        ("de", "dark", PHONE),
        ("ar", "light", PHONE),
        ("ar", "dark", DESK),
        ("de-x-einfach", "light", PHONE),
    ],
)
def test_no_barriers_and_no_sideways_scrolling(page: Page, address: str, language: str, theme: str, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}?language={language}&theme={theme}")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_page_fits_at_four_times_the_size(page: Page, address: str, language: str) -> None:
    page.set_viewport_size({"width": MAGNIFIED, "height": 256})
    page.goto(f"{address}?language={language}")
    assert page.evaluate("document.documentElement.scrollWidth") <= MAGNIFIED


def test_what_is_touched_is_big_enough(page: Page, address: str) -> None:
    page.goto(address)
    low = page.evaluate(
        """selectors => [...document.querySelectorAll(selectors)].filter(element => element.checkVisibility())
            .filter(element => element.getBoundingClientRect().height < 43.9).map(element => element.outerHTML)""",
        ".kern-btn, .menu__button, .check__label, .quiz__option, .tabs a, .details > summary, select, input[type=text]",
    )
    assert low == []


def test_the_keyboard_reaches_the_content_first(page: Page, address: str) -> None:
    page.goto(address + "dialog")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_look_is_switched_and_remembered(page: Page, address: str) -> None:
    page.goto(address)
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-switch]").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_a_dialog_opens_over_the_page_and_closes_with_escape(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-dialog=give-back]").click()
    expect(page.locator("#give-back")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#give-back")).to_be_hidden()
    assert page.url.startswith(address)


def test_an_explanation_opens_at_a_touch(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("button.term").click()
    expect(page.locator(".term__text")).to_be_visible()


def test_an_answer_is_acknowledged_and_survives_a_dead_line(page: Page, address: str) -> None:
    received: list[dict[str, list[str]]] = []
    is_online = False

    def answer(route: Route) -> None:
        if not is_online:
            route.abort()
            return
        received.append(parse_qs(route.request.post_data or ""))
        route.fulfill(status=204)

    page.route("**/styleguide/answers", answer)
    page.goto(address)
    page.locator("#question-q1 .quiz__option").nth(2).click()
    expect(page.locator("#offline-banner")).to_be_visible()
    page.reload()
    expect(page.locator("#question-q1 input").nth(2)).to_be_checked()
    is_online = True
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#question-q1 [data-saved]")).to_be_visible()
    expect(page.locator("#offline-banner")).to_be_hidden()
    assert [answer["q1"] for answer in received] == [["3"]]
    assert int(received[0]["age-q1"][0]) > 0
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(("status", "state", "kept"), [(410, "closed", 0), (422, "refused", 1), (401, "signed-out", 1)])
def test_an_answer_that_is_not_taken_says_why(page: Page, address: str, status: int, state: str, kept: int) -> None:
    page.route("**/styleguide/answers", lambda route: route.fulfill(status=status, json={"detail": "Zu spät."}))
    page.goto(address)
    page.locator("#question-q1 .quiz__option").nth(0).click()
    expect(page.locator("[data-autosave-status]")).to_have_attribute("data-state", state)
    expect(page.locator(f"[data-when={state}]")).to_be_visible()
    assert page.evaluate("localStorage.length") == kept


def test_a_file_goes_to_the_store_and_only_its_id_into_the_form(page: Page, address: str) -> None:
    stored: list[bytes] = []
    page.route(
        "**/styleguide/upload",
        lambda route: route.fulfill(
            json={"upload": "u-1", "url": "/store/key", "headers": {"Content-Type": "text/plain"}}
        ),
    )

    def store(route: Route) -> None:
        stored.append(route.request.post_data_buffer or b"")
        route.fulfill(status=200)

    page.route("**/store/key", store)
    page.goto(address)
    page.locator("#field-work").set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Ein Plan"})
    expect(page.locator(".upload__done")).to_be_visible()
    assert stored == [b"Ein Plan"]
    assert page.locator("[name=work_upload]").input_value() == "u-1"
    assert page.locator("#field-work").input_value() == ""


def test_a_refused_file_says_why_and_can_be_tried_again(page: Page, address: str) -> None:
    page.route(
        "**/styleguide/upload",
        lambda route: route.fulfill(status=422, json={"detail": "Diese Art von Datei geht nicht."}),
    )
    page.goto(address)
    page.locator("#field-work").set_input_files(
        {"name": "a.exe", "mimeType": "application/x-msdownload", "buffer": b"MZ"}
    )
    expect(page.locator(".upload__problem")).to_have_text("Diese Art von Datei geht nicht.")
    expect(page.locator(".upload__retry")).to_be_visible()


def test_a_passkey_is_made_and_checked_by_the_server(page: Page, address: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    authenticator = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": authenticator | {"isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    address = address.replace("127.0.0.1", "localhost")
    options = {
        "rp": {"id": "localhost", "name": "MEMO"},
        "user": {"id": "AQID", "name": "ayse", "displayName": "Ayşe"},
        "challenge": "AAECAwQFBgc",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    }
    checked: list[dict[str, Any]] = []

    def verify(route: Route) -> None:
        checked.append(route.request.post_data_json)
        route.fulfill(json={"next": "/styleguide/?registered=1"})

    page.route("**/styleguide/options", lambda route: route.fulfill(json=options))
    page.route("**/styleguide/verify", verify)
    page.goto(address)
    page.locator("[data-passkey]").evaluate("box => { box.dataset.passkey = 'register' }")
    page.locator("[data-passkey] button").click()
    page.wait_for_url("**/styleguide/?registered=1")
    assert checked[0]["type"] == "public-key"
    assert {"clientDataJSON", "attestationObject"} <= set(checked[0]["response"])


def test_everything_works_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": PHONE, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.locator(".menu--main > summary").click()
    expect(page.locator(".menu--main a").first).to_be_visible()
    expect(page.locator("[data-theme-switch]")).to_be_hidden()
    expect(page.locator("[data-passkey]")).to_be_hidden()
    page.locator("[data-dialog=give-back]").click()
    assert page.url.endswith("/styleguide/dialog")
    context.close()
