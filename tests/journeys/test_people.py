"""Ways in, as people use them: slip, link, passkey; and the way out of every device."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from shared.devkit.demo.sign_ins import DEMO_PASSWORD
from shared.devkit.journey.browser import phone
from shared.devkit.journey.joining import join_association, new_person
from shared.devkit.journey.main_job import ASSOCIATION
from shared.devkit.journey.stage import Stage, fill_password, wait_for

_SIGN_IN_LINK = re.compile(r"https?://\S+/links/sign-in/\S+")


@pytest.fixture
def slip(stage: Stage) -> dict[str, str]:
    """A sign-in slip as a board has printed it."""
    slips: list[dict[str, str]] = stage.demo("slips.json")
    return slips[0]


def is_signed_in(page: Page) -> bool:
    """Whether the page of one's own courses opens."""
    page.goto("/my/courses")
    return "/sign-in" not in page.url


def test_the_square_of_a_slip_opens_the_account(phone_page: Page, slip: dict[str, str]) -> None:
    phone_page.goto(f"/slip/{slip['secret']}")
    phone_page.locator("form[action*='/slip/'] button[type=submit]").click()
    phone_page.wait_for_url(lambda url: "/slip/" not in url)
    assert is_signed_in(phone_page)


def test_code_and_four_words_of_a_slip_open_the_account(phone_page: Page, slip: dict[str, str]) -> None:
    phone_page.goto("/sign-in")
    form = phone_page.locator("form[action='/sign-in/slip']")
    form.locator("[name=code]").fill(slip["code"].lower())
    form.locator("[name=words]").fill(slip["words"].upper())
    form.locator("button[type=submit]").click()
    phone_page.wait_for_url(lambda url: "/sign-in" not in url)
    assert is_signed_in(phone_page)


def test_wrong_words_say_so_and_keep_the_code(phone_page: Page, slip: dict[str, str]) -> None:
    phone_page.goto("/sign-in")
    form = phone_page.locator("form[action='/sign-in/slip']")
    form.locator("[name=code]").fill(slip["code"])
    form.locator("[name=words]").fill("eins zwei drei vier")
    form.locator("button[type=submit]").click()
    expect(phone_page.locator("#error-summary")).to_be_visible()
    expect(phone_page.locator("form[action='/sign-in/slip'] [name=code]")).to_have_value(slip["code"])


def test_a_link_by_mail_works_once_and_then_offers_a_new_one(stage: Stage, phone_page: Page) -> None:
    address = "kurs@memo-demo.example"
    phone_page.goto("/sign-in")
    form = phone_page.locator("form[action='/sign-in/link']")
    form.locator("[name=email]").fill(address)
    form.locator("button[type=submit]").click()
    phone_page.wait_for_url("**/link-sent")
    found = _SIGN_IN_LINK.search(stage.mail(address, having="/links/sign-in/")["text"])
    assert found
    phone_page.goto(found.group())
    phone_page.locator("form[action*='/links/sign-in/'] button[type=submit]").click()
    phone_page.wait_for_url(lambda url: "/links/" not in url)
    assert is_signed_in(phone_page)

    again = phone(stage.browser, stage.base_url).new_page()
    again.goto(found.group())
    again.locator("form[action*='/links/sign-in/'] button[type=submit]").click()
    expect(again.locator("form[action='/sign-in/link'] [name=email]")).to_be_visible()
    again.context.close()


def test_signing_out_everywhere_ends_the_other_device_in_every_service(
    stage: Stage, browser_context: BrowserContext
) -> None:
    person = new_person()
    here = browser_context.new_page()
    join_association(stage, here, person, association=ASSOCIATION)
    here.goto("/profile/sign-in")
    code = here.locator("main strong[translate=no]").inner_text()
    there = phone(stage.browser, stage.base_url).new_page()
    fill_password(there, name=code, password=person.password)
    assert is_signed_in(there)

    here.goto("/profile/sign-in")
    here.locator("form[action='/sign-out/everywhere'] button[type=submit]").click()
    here.wait_for_url("**/sign-in**")
    assert not is_signed_in(there)

    def is_out_of_coursework() -> bool:
        there.goto("/coursework/")
        return "/sign-in" in there.url

    wait_for(is_out_of_coursework, "coursework to refuse the old cookie")
    there.context.close()


def test_a_passkey_is_made_and_opens_the_account_again(stage: Stage, chromium: Browser) -> None:
    address = stage.base_url.replace("127.0.0.1", "localhost")
    context = phone(chromium, address)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    fill_password(page, name="neu@memo-demo.example", password=DEMO_PASSWORD)
    page.goto("/profile/sign-in")
    page.locator("[data-passkey=register] button").click()
    page.locator("form[action*='/passkeys/'][action$='/remove']").first.wait_for()
    context.clear_cookies()
    assert not is_signed_in(page)

    page.goto("/sign-in")
    page.locator("[data-passkey=sign-in] button").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    assert is_signed_in(page)
    context.close()
