"""Steps of a carrier: a course whose workshops are all today, so that a journey need not wait for weeks."""

from datetime import date

from playwright.sync_api import Page

from shared.devkit.journey.stage import Stage
from shared.kernel.clock import programme_date, utc_now

TOWN = "Heidelberg"
TRAINER = "trainerin@memo-demo.example"
#: When the workshops begin and end; marks may be set on the whole day, whatever the clock says.
_HOURS = [(f"{hour:02d}:00", f"{hour + 2:02d}:00") for hour in range(8, 20, 2)]


def plan_compact_course(stage: Stage, *, title: str) -> str:
    """The carrier drafts a Grundkurs of one day with all six workshops and a trainer, and publishes it; its id."""
    page = stage.staff("traeger")
    today = programme_date(utc_now())
    _draft(page, title=title, today=today)
    run_id = page.url.rstrip("/").rpartition("/")[2]
    add = page.locator(f"form[action$='/{run_id}/sessions']")
    modules = add.locator("[name=module_code] option").evaluate_all("options => options.map(o => o.value)")
    for module_code, (begins, ends) in zip([m for m in modules if m], _HOURS, strict=True):
        _add_workshop(page, run_id, module_code, today=today, begins=begins, ends=ends)
    trainer = page.locator(f"form[action$='/{run_id}/trainers']")
    trainer.locator("[name=email]").fill(TRAINER)
    trainer.locator("button[type=submit]").click()
    page.locator("#trainers li").first.wait_for()
    page.locator(f"form[action$='/{run_id}/publish'] button").click()
    page.locator(f"a[href='/runs/{run_id}']").first.wait_for()
    stage.picture(page, "traeger-kurs-veroeffentlicht")
    return run_id


def _draft(page: Page, *, title: str, today: date) -> None:
    page.goto("/carrier/runs/new")
    page.locator("select[name=level_code]").select_option("grundkurs")
    page.locator("[name=title]").fill(title)
    page.locator("[name=language_notes]").fill("Unterricht auf Deutsch in einfachen Sätzen.")
    page.locator("select[name=region_code]").select_option("rhein-neckar")
    page.locator("[name=town]").fill(TOWN)
    venues = page.locator("select[name=venue_id] option").evaluate_all("options => options.map(o => o.value)")
    page.locator("select[name=venue_id]").select_option(next(value for value in venues if value))
    for name in ("starts_on", "ends_on", "registration_closes_on"):
        page.locator(f"[name={name}]").fill(today.isoformat())
    page.locator("[name=capacity]").fill("16")
    page.locator("[name=seats_per_association]").fill("16")
    page.locator("form[data-confirm-leave] button[type=submit]").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))


def _add_workshop(page: Page, run_id: str, module_code: str, *, today: date, begins: str, ends: str) -> None:
    rows = page.locator("#dates tbody tr")
    before = rows.count()
    add = page.locator(f"form[action$='/{run_id}/sessions']")
    add.locator("[name=module_code]").select_option(module_code)
    add.locator("[name=session_on]").fill(today.isoformat())
    add.locator("[name=starts]").fill(begins)
    add.locator("[name=ends]").fill(ends)
    add.locator("button[type=submit]").click()
    rows.nth(before).wait_for()
