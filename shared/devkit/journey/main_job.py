"""The main job in one piece: the steps in their order, each announced to whoever watches."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from shared.devkit.journey import certifying, joining, learning, planning, teaching
from shared.devkit.journey.browser import phone
from shared.devkit.journey.certifying import Issued
from shared.devkit.journey.joining import Newcomer
from shared.devkit.journey.stage import Stage

ASSOCIATION = "Tanzkreis Neckarwelle Heidelberg e. V."

#: Takes the name of a step and surrounds it, to time and to print it.
Watch = Callable[[str], AbstractContextManager[None]]


@contextmanager
def unwatched(_step: str) -> Iterator[None]:
    """Nobody looks."""
    yield


@dataclass(frozen=True)
class Outcome:
    """What a journey leaves: the revoked certificate, what strangers read before and after, the PDF."""

    issued: Issued
    said_before: str
    said_after: str
    pdf: Path


def go_the_whole_way(stage: Stage, *, folder: Path, watch: Watch = unwatched) -> Outcome:
    """Everything from sign-up to revocation, with a new person and a new course. Raises JourneyFailed."""
    person = joining.new_person()
    title = f"Grundkurs kompakt {secrets.token_hex(2).upper()}"
    with watch("Der Träger plant einen Grundkurs an einem Tag und veröffentlicht ihn"):
        planning.plan_compact_course(stage, title=title)
    context = phone(stage.browser, stage.base_url)
    page = context.new_page()
    run_id = _get_a_place(stage, page, person, title=title, watch=watch)
    _learn(stage, page, run_id=run_id, watch=watch)
    with watch("Die Trainerin notiert die Anwesenheit"):
        teaching.note_attendance(stage, title=title)
    outcome = _be_certified(stage, page, person, folder=folder, watch=watch)
    context.close()
    return outcome


def _get_a_place(stage: Stage, page: Page, person: Newcomer, *, title: str, watch: Watch) -> str:
    """The id of the course."""
    with watch(f"{person.full_name} tritt mit dem Einladungscode dem Verein bei"):
        joining.join_association(stage, page, person, association=ASSOCIATION)
    with watch("Kurse in meiner Nähe: Der Kurs hat freie Plätze"):
        run_id = joining.find_course(stage, page, title=title, town=planning.TOWN)
    with watch("Einen Platz anfragen: sofort bestätigt"):
        joining.request_place(stage, page, run_id=run_id)
    with watch("Die E-Mail-Adresse mit dem Link aus dem Brief bestätigen"):
        joining.confirm_address(stage, page, person)
    return run_id


def _learn(stage: Stage, page: Page, *, run_id: str, watch: Watch) -> None:
    with watch("Die Lerninhalte öffnen"):
        modules = learning.open_course(stage, page, run_id=run_id)
    with watch("Die erste Lektion: Text, Bild und PDF"):
        learning.read_lesson(stage, page, run_id=run_id)
    for module_code in modules:
        with watch(f"Quiz {module_code}: jede Antwort wird sofort gespeichert"):
            learning.take_quiz(stage, page, run_id=run_id, module_code=module_code)
    with watch("Die erste Aufgabe: ein Foto geht vom Browser in den Speicher"), _photo(stage) as photo:
        learning.hand_in_file(stage, page, run_id=run_id, module_code=modules[0], file=photo)
    with watch(f"Die anderen {len(modules) - 1} Aufgaben abgeben"):
        for module_code in modules[1:]:
            learning.hand_in_note(page, run_id=run_id, module_code=module_code)
    with watch("Die Trainerin bewertet alle Arbeiten nach dem Raster und gibt Rückmeldung"):
        teaching.grade_all(stage, run_id=run_id)
    with watch("Die Rückmeldung lesen"):
        teaching.read_feedback(stage, page, run_id=run_id, module_code=modules[0])


def _be_certified(stage: Stage, page: Page, person: Newcomer, *, folder: Path, watch: Watch) -> Outcome:
    with watch("Das Zertifikat kommt von selbst"):
        issued = certifying.wait_for_certificate(stage, page)
    with watch("Der Brief über das Zertifikat liegt im Postfach"):
        certifying.read_mail(stage, page, person, issued)
    with watch("PDF und digitalen Nachweis herunterladen"):
        pdf = certifying.download(page, issued, folder=folder)
    with watch("Eine fremde Person prüft: gültig"):
        before = certifying.check_as_stranger(stage, issued, expect="success")
    with watch("Das Programmbüro widerruft"):
        certifying.revoke(stage, issued)
    with watch("Eine fremde Person prüft wieder: widerrufen, wann und warum"):
        after = certifying.check_as_stranger(stage, issued, expect="danger")
    return Outcome(issued=issued, said_before=before, said_after=after, pdf=pdf)


@contextmanager
def _photo(stage: Stage) -> Iterator[Path]:
    """A picture file as a phone's camera would leave one: a photo of the platform's own home page."""
    context = phone(stage.browser, stage.base_url)
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "steckbrief.png"
        page = context.new_page()
        page.goto("/")
        page.screenshot(path=photo)
        context.close()
        yield photo
