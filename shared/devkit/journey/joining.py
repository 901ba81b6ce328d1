"""Steps of somebody new: an account by invite code, the confirmed address, a place in a course."""

import re
import secrets
from dataclasses import dataclass

from playwright.sync_api import Page

from shared.devkit.journey.stage import JourneyFailed, Stage

_FIRST_NAMES = ("Amara", "Belen", "Cemile", "Dilnoza", "Elif", "Farida", "Ghada", "Halyna", "Irem", "Jadwiga")
_LAST_NAMES = ("Apfelkern", "Birkenhain", "Czerny", "Demirtürk", "Erlenbach", "Fidan", "Grünwiese", "Haselnuss")
_PASSWORD = "lange-nacht-am-neckar"
_LINK = re.compile(r"https?://\S+/links/confirm/\S+")


@dataclass(frozen=True)
class Newcomer:
    """Somebody who was never here before."""

    full_name: str
    email: str
    password: str = _PASSWORD


def new_person() -> Newcomer:
    """Somebody invented, another one each time."""
    mark = secrets.token_hex(3)
    name = f"{secrets.choice(_FIRST_NAMES)} {secrets.choice(_LAST_NAMES)}-{mark[:2].upper()}"
    return Newcomer(full_name=name, email=f"neu-{mark}@memo-demo.example")


def join_association(stage: Stage, page: Page, person: Newcomer, *, association: str) -> None:
    """Type the invite code, three fields, and be a member at once."""
    code = stage.demo("invite-codes.json")[association]
    page.goto("/join")
    page.locator("[name=code]").fill(f"{code[:4]}-{code[4:]}")
    page.locator("form.form button[type=submit]").click()
    page.wait_for_url(f"**/join/{code}")
    form = page.locator(f"form[action='/join/{code}']")
    form.locator("[name=full_name]").fill(person.full_name)
    form.locator("[name=email]").fill(person.email)
    form.locator("[name=password]").fill(person.password)
    stage.picture(page, "anmelden-mit-code")
    form.locator("button[type=submit]").click()
    page.wait_for_url("**/welcome**")
    stage.picture(page, "willkommen")


def confirm_address(stage: Stage, page: Page, person: Newcomer) -> None:
    """Open the link of the letter in the same browser."""
    mail = stage.mail(person.email, having="/links/confirm/")
    found = _LINK.search(mail["text"])
    if found is None:
        raise JourneyFailed("the letter has no link to confirm the address")
    page.goto(found.group())
    page.locator("form[action*='/links/confirm/'] button[type=submit]").click()
    page.wait_for_load_state()
    stage.mail(person.email, having=person.full_name)


def find_course(stage: Stage, page: Page, *, title: str, town: str) -> str:
    """Look for courses near a town, and open the one of this title; its id."""
    page.goto("/runs")
    page.locator("[name=near]").fill(town)
    page.locator("[name=near]").press("Enter")
    card = page.get_by_role("link", name=title, exact=True).first
    card.wait_for()
    stage.picture(page, "kurse-in-meiner-naehe")
    card.click()
    page.wait_for_url("**/runs/*-*")
    return page.url.rstrip("/").rpartition("/")[2].partition("?")[0]


def request_place(stage: Stage, page: Page, *, run_id: str) -> None:
    """Ask for a place; it is confirmed at once. Raises JourneyFailed where it is not."""
    stage.picture(page, "kursseite")
    page.locator(f"form[action='/runs/{run_id}/places'] button[type=submit]").click()
    page.wait_for_load_state()
    if not page.locator(f"a[href='/coursework/runs/{run_id}']").count():
        raise JourneyFailed(f"no confirmed place in {page.url}: {page.locator('main').inner_text()[:300]}")
    stage.picture(page, "platz-bestaetigt")
