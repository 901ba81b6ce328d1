"""Steps of a trainer: the queue, the rubric, feedback; attendance."""

from playwright.sync_api import Page

from shared.devkit.journey.stage import JourneyFailed, Stage, wait_for

_FEEDBACK = "Sehr klar beschrieben. Nächster Schritt: Heben Sie den Beschluss in der Vereinsmappe auf."


def grade_all(stage: Stage, *, run_id: str) -> int:
    """Take every waiting piece of work of the course out of the queue, judge it by its rubric, accept it. How many."""
    page = stage.staff("trainerin")

    def look() -> bool:
        page.goto(f"/coursework/queue?run={run_id}")
        return page.locator("a[href*='/coursework/gradings/']").count() > 0

    wait_for(look, "work in the trainer's queue")
    stage.picture(page, "trainerin-warteschlange")
    graded = 0
    while page.locator("a[href*='/coursework/gradings/']").count():
        page.locator("a[href*='/coursework/gradings/']").first.click()
        _grade(stage, page, with_picture=graded == 0)
        graded += 1
        page.goto(f"/coursework/queue?run={run_id}")
    return graded


def _grade(stage: Stage, page: Page, *, with_picture: bool) -> None:
    page.locator("#grading-form").wait_for()
    for row in page.locator("#grading-form fieldset.rubric").all():
        row.locator("input[type=radio]").last.check()
    page.locator("#grading-form [name=feedback]").fill(_FEEDBACK)
    if with_picture:
        page.locator("[data-autosave-status][data-state=saved]").wait_for()
        stage.picture(page, "trainerin-bewertung")
    page.locator("button[name=outcome][value=accepted]").click()
    page.wait_for_load_state()
    if page.locator("#error-summary").count():
        raise JourneyFailed(f"the grading was refused: {page.locator('#error-summary').inner_text()}")


def note_attendance(stage: Stage, *, title: str) -> int:
    """Note everybody as present in all workshops of the course. How many workshops."""
    page = stage.staff("trainerin")
    page.goto("/teaching")
    section = page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))
    links = section.locator("a[href*='/teaching/sessions/']")
    hrefs = links.evaluate_all("links => links.map(a => a.getAttribute('href'))")
    for number, href in enumerate(hrefs):
        page.goto(href)
        if number == 0:
            stage.picture(page, "trainerin-anwesenheit")
        page.locator("form[action$='/rest'] button[type=submit]").click()
        page.wait_for_load_state()
    return len(hrefs)


def read_feedback(stage: Stage, page: Page, *, run_id: str, module_code: str) -> None:
    """The learner reads what the trainer said."""
    page.goto(f"/coursework/runs/{run_id}/assignment/{module_code}")
    page.locator("a[href*='/coursework/submissions/']").first.click()
    page.get_by_text(_FEEDBACK).wait_for()
    stage.picture(page, "rueckmeldung")
