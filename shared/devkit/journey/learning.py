"""Steps of a learner: lesson, quiz, assignment with a file."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from shared.devkit.journey.stage import JourneyFailed, Stage, wait_for
from shared.devkit.runner.layout import ROOT

#: The programme's content as files: the journey looks up what is right, as a learner would in the lesson.
_CONTENT = ROOT / "services" / "coursework" / "seed"
_NOTE = "Unser Verein kocht gemeinsam. Zwei Personen vertreten ihn. Jeder Beschluss über Geld wird aufgeschrieben."


def open_course(stage: Stage, page: Page, *, run_id: str) -> list[str]:
    """Open the coursework as soon as it knows of the place; the codes of its modules with a quiz, in order."""

    def look() -> bool:
        answer = page.goto(f"/coursework/runs/{run_id}")
        return answer is not None and answer.ok

    wait_for(look, "the coursework of the course")
    stage.picture(page, "lerninhalte")
    hrefs = page.locator("a[href*='/quiz/']").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    codes = [href.rpartition("/")[2] for href in hrefs]
    if not codes:
        raise JourneyFailed("the course has no quiz: has the programme's content been loaded?")
    return list(dict.fromkeys(codes))


def read_lesson(stage: Stage, page: Page, *, run_id: str) -> None:
    """Read the first module: text, picture and PDF; each has come from the store and opens."""
    page.goto(f"/coursework/runs/{run_id}")
    page.locator(f"a[href*='/coursework/runs/{run_id}/materials/']").first.click()
    kinds: set[str] = set()
    while page.locator("form[action$='/read']").count() and not {"text", "picture", "pdf"} <= kinds:
        kinds.add(_look_at(stage, page))
        page.locator("form[action$='/read'] button[type=submit]").click()
        page.wait_for_load_state()
    if kinds != {"text", "picture", "pdf"}:
        raise JourneyFailed(f"the first module has only {', '.join(sorted(kinds))}")


def _look_at(stage: Stage, page: Page) -> str:
    if page.locator("main figure img").count():
        image = page.locator("main figure img").first
        wait_for(lambda: image.evaluate("img => img.complete && img.naturalWidth > 0"), "the picture of the lesson")
        stage.picture(page, "lektion-bild")
        return "picture"
    documents = page.locator("main a[href*='/memo-coursework/']")
    if documents.count():
        answer = page.request.get(str(documents.first.get_attribute("href")))
        if not answer.body().startswith(b"%PDF"):
            raise JourneyFailed("the handout is no PDF")
        stage.picture(page, "lektion-pdf")
        return "pdf"
    stage.picture(page, "lektion-text")
    return "text"


def take_quiz(stage: Stage, page: Page, *, run_id: str, module_code: str) -> None:
    """Answer all questions rightly; every answer is saved by itself and is still there after a reload."""
    page.goto(f"/coursework/runs/{run_id}/quiz/{module_code}")
    page.locator(f"form[action$='/quiz/{module_code}'] button[type=submit]").click()
    page.wait_for_url("**/attempts/*")
    questions = _content(module_code, "quiz.json")["questions"]
    _answer(page, 1, questions[0])
    _wait_until_saved(page)
    page.reload()
    if not _is_answered(page, 1, questions[0]):
        raise JourneyFailed("the answer was not there any more after a reload")
    for position, question in enumerate(questions[1:], start=2):
        _answer(page, position, question)
    _wait_until_saved(page)
    stage.picture(page, f"quiz-{module_code}")
    page.locator("form[data-autosave] button[type=submit]").click()
    page.wait_for_url("**/review")
    page.locator("form[action$='/submit'] button[type=submit]").click()
    page.wait_for_url("**/outcome")
    stage.picture(page, f"quiz-{module_code}-ergebnis")


def _content(module_code: str, name: str) -> Any:
    return json.loads((_CONTENT / module_code / name).read_text(encoding="utf-8"))


def _answer(page: Page, position: int, question: dict[str, Any]) -> None:
    if question["kind"] == "number":
        page.locator(f"[name=q{position}]").fill(str(question["answer"]).replace(".", ","))
        return
    for option in question["options"]:
        if option["is_correct"]:
            _option(page, position, option["key"]).check()


def _is_answered(page: Page, position: int, question: dict[str, Any]) -> bool:
    if question["kind"] == "number":
        return bool(page.locator(f"[name=q{position}]").input_value())
    right = next(option["key"] for option in question["options"] if option["is_correct"])
    return _option(page, position, right).is_checked()


def _option(page: Page, position: int, key: str) -> Locator:
    return page.locator(f"input[name=q{position}][value='{key}']")


def _wait_until_saved(page: Page) -> None:
    page.locator("[data-autosave-status][data-state=saved]").wait_for()


def hand_in_note(page: Page, *, run_id: str, module_code: str) -> None:
    """Write a text for the module's assignment and give it to the trainer."""
    page.goto(f"/coursework/runs/{run_id}/assignment/{module_code}")
    page.locator("[name=note]").fill(_NOTE)
    page.locator("#note-form button[type=submit]").first.click()
    _hand_in(page)


def hand_in_file(stage: Stage, page: Page, *, run_id: str, module_code: str, file: Path) -> None:
    """Add a photo that goes from the browser to the store, wait for its check, write a text, hand in."""
    page.goto(f"/coursework/runs/{run_id}/assignment/{module_code}")
    stage.picture(page, "aufgabe")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".upload__done").wait_for()
    page.locator("form[action$='/files'] button[type=submit]").last.click()

    def look() -> bool:
        page.goto(f"/coursework/runs/{run_id}/assignment/{module_code}")
        return page.locator("#files a[href*='/memo-coursework/']").count() > 0

    wait_for(look, "the check of the file")
    page.locator("[name=note]").fill(_NOTE)
    _wait_until_saved(page)
    stage.picture(page, "aufgabe-mit-datei")
    _hand_in(page)


def _hand_in(page: Page) -> None:
    page.locator("button[formaction*='/hand-in']").click()
    page.wait_for_url(re.compile(r"/(submissions|assignment)/"))
    page.locator(".notice--info, .notice--success").first.wait_for()
