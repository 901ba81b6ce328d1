"""Forms in a real browser: what is wrong is said first, field by field."""

from playwright.sync_api import Page


def test_the_summary_names_each_field_and_leads_to_it(phone_page: Page) -> None:
    phone_page.goto("/sign-up")
    phone_page.click("form[action='/sign-up'] button[type=submit]")
    summary = phone_page.locator(".error-summary")
    summary.wait_for()
    lines = summary.locator("a").all_inner_texts()
    assert any(line.startswith("Vor- und Nachname: ") for line in lines), lines
    assert len(set(lines)) == len(lines), "no two lines read the same"
    assert phone_page.evaluate("document.activeElement.id") == "error-summary"
    summary.locator("a").first.click()
    assert phone_page.evaluate("document.activeElement.name")
