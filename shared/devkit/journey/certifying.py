"""Steps around the certificate: it comes by itself, is downloaded, checked by a stranger, revoked by the office."""

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from shared.devkit.journey.browser import phone
from shared.devkit.journey.joining import Newcomer
from shared.devkit.journey.stage import JourneyFailed, Stage, wait_for


@dataclass(frozen=True)
class Issued:
    """A certificate: its number and its public page."""

    number: str
    verification_url: str


def wait_for_certificate(stage: Stage, page: Page) -> Issued:
    """The learner's certificate, as soon as both facts have met."""

    def look() -> str | None:
        page.goto("/certification/")
        links = page.locator("a[href*='/certification/certificates/']")
        return links.first.get_attribute("href") if links.count() else None

    href = wait_for(look, "the certificate")
    stage.picture(page, "meine-zertifikate")
    page.goto(href)
    stage.picture(page, "zertifikat")
    number = href.rstrip("/").rpartition("/")[2]
    return Issued(number=number, verification_url=f"{stage.base_url}/v/{number}")


def read_mail(stage: Stage, page: Page, person: Newcomer, issued: Issued) -> None:
    """The letter about the certificate lies in the mailbox and bears the link."""
    mail = stage.mail(person.email, having=issued.number)
    page.goto(f"/mailbox/message/{mail['name']}")
    stage.picture(page, "mail")


def download(page: Page, issued: Issued, *, folder: Path) -> Path:
    """Save PDF and credential; the PDF's path. The PDF is made after the certificate, so it may take a moment."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"/certification/certificates/{issued.number}"

    def look() -> bytes | None:
        answer = page.request.get(f"{address}/document.pdf")
        return answer.body() if answer.ok and answer.body().startswith(b"%PDF") else None

    pdf = folder / f"zertifikat-{issued.number}.pdf"
    pdf.write_bytes(wait_for(look, "the PDF of the certificate"))
    answer = page.request.get(f"{address}/credential.json")
    credential = json.loads(answer.body())
    if "proof" not in credential:
        raise JourneyFailed("the credential bears no proof")
    (folder / f"zertifikat-{issued.number}.json").write_bytes(answer.body())
    return pdf


def check_as_stranger(stage: Stage, issued: Issued, *, expect: str) -> str:
    """Somebody without an account opens the link; what the answer says. `expect` is "success" or "danger"."""
    context = phone(stage.browser, stage.base_url)
    page = context.new_page()
    page.goto(f"/v/{issued.number}")
    notice = page.locator(f"main .verdict--{expect}").first
    notice.wait_for()
    said = " ".join(notice.inner_text().split())
    stage.picture(page, "pruefseite-gueltig" if expect == "success" else "pruefseite-widerrufen")
    context.close()
    return said


def revoke(stage: Stage, issued: Issued) -> None:
    """The programme office takes the certificate back, with a reason that everybody may read."""
    page = stage.staff("buero")
    page.goto(f"/certification/office/certificates/{issued.number}/revoke")
    page.locator("[name=reason][value=issued_in_error]").check()
    page.locator("[name=note]").fill("Vorführung: Dieses Zertifikat gehört zu einer Reise durch die Demo.")
    stage.picture(page, "buero-widerruf")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_load_state()
