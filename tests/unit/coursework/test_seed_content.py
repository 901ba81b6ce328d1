"""The texts of the programme are complete and keep their promises, whatever loads them."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

SEED = Path(__file__).parents[3] / "services" / "coursework" / "seed"
GRUNDKURS = (
    "grundkurs-vereinsrecht",
    "grundkurs-satzung",
    "grundkurs-gemeinnuetzigkeit",
    "grundkurs-buchfuehrung",
    "grundkurs-projekt",
    "grundkurs-mitglieder",
)
AUFBAUKURS = (
    "aufbaukurs-foerderantrag",
    "aufbaukurs-finanzierungsplan",
    "aufbaukurs-verwendungsnachweis",
    "aufbaukurs-fundraising",
    "aufbaukurs-oeffentlichkeit",
    "aufbaukurs-jugend",
)
MULTIPLIKATOR_UNITS = {
    "multiplikator-rolle": 12,
    "multiplikator-beratung": 16,
    "multiplikator-workshop": 16,
    "multiplikator-vielfalt": 12,
    "multiplikator-praxis": 16,
    "multiplikator-kolloquium": 8,
}
UNITS = dict.fromkeys(GRUNDKURS + AUFBAUKURS, 8) | MULTIPLIKATOR_UNITS
ACCEPTED_TYPES = {
    "application/pdf",
    "image/jpeg",
    "image/png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LESSONS = [(code, number) for code in GRUNDKURS for number in (1, 2)]
SVG = "{http://www.w3.org/2000/svg}"


def _text(code: str, name: str) -> str:
    return (SEED / code / name).read_text(encoding="utf-8")


def _json(code: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_text(code, name))
    return content


def _words(markdown: str) -> int:
    return len(re.findall(r"[\w§€%]+(?:[-.,/][\w]+)*", markdown))


def _sentence_lengths(markdown: str) -> list[int]:
    """Words per sentence. A heading, a list item and a line end a sentence too; dots in numbers and "e. V." do not."""
    plain = re.sub(r"^[#>\-*\d.\s|]+", "", re.sub(r"[*_`]", "", markdown), flags=re.MULTILINE)
    plain = re.sub(r"\b(\w)\. (?=\w\.)", r"\1", plain)
    plain = re.sub(r"eV\.", "eV", plain)
    sentences = re.split(r"[.!?:](?=\s|$)|\n", plain)
    return [count for count in map(_words, sentences) if count]


def _keys_are_unique(entries: list[dict[str, Any]]) -> bool:
    keys = [entry["key"] for entry in entries]
    return len(keys) == len(set(keys)) and all(keys)


def _questions() -> list[Any]:
    return [
        pytest.param(question, id=f"{code}-{question['key']}")
        for code in GRUNDKURS
        for question in _json(code, "quiz.json")["questions"]
    ]


def test_seed_holds_the_eighteen_modules_and_nothing_else() -> None:
    assert {folder.name for folder in SEED.iterdir() if folder.is_dir()} - {"__pycache__"} == set(UNITS)


@pytest.mark.parametrize("code", UNITS)
def test_catalogue_page_of_a_module_has_all_it_shows(code: str) -> None:
    module = _json(code, "module.json")
    assert set(module) == {"code", "title", "title_einfach", "summary", "learning_goals", "units"}
    assert module["code"] == code
    assert module["units"] == UNITS[code]
    assert len(module["learning_goals"]) >= 3
    assert all(module.values())


@pytest.mark.parametrize("code", GRUNDKURS)
def test_grundkurs_module_has_every_file(code: str) -> None:
    expected = {
        "module.json",
        "lesson-1.md",
        "lesson-2.md",
        "lesson-1.einfach.md",
        "lesson-2.einfach.md",
        "quiz.json",
        "assignment.json",
        "figure.svg",
        "handout.md",
    }
    assert {file.name for file in (SEED / code).iterdir()} == expected


@pytest.mark.parametrize("code", AUFBAUKURS)
def test_aufbaukurs_module_has_a_real_first_lesson(code: str) -> None:
    lesson = _text(code, "lesson-1.md")
    assert lesson.startswith("# ")
    assert 250 <= _words(lesson) <= 500


@pytest.mark.parametrize(("code", "number"), LESSONS)
def test_lesson_is_long_enough_and_has_its_fixed_parts(code: str, number: int) -> None:
    lesson = _text(code, f"lesson-{number}.md")
    assert lesson.startswith("# ")
    assert lesson.count("\n# ") == 0
    assert 600 <= _words(lesson) <= 1000
    assert "Das Wichtigste in Kürze" in lesson
    assert "## Prüfen Sie sich selbst" in lesson
    assert "## Beispiel" in lesson


@pytest.mark.parametrize(("code", "number"), LESSONS)
def test_einfach_page_is_short_and_made_of_short_sentences(code: str, number: int) -> None:
    lesson = _text(code, f"lesson-{number}.einfach.md")
    lengths = _sentence_lengths(lesson)
    assert lesson.startswith("# ")
    assert 250 <= _words(lesson) <= 400
    assert sum(lengths) / len(lengths) <= 12
    assert max(lengths) <= 18


@pytest.mark.parametrize("code", GRUNDKURS)
def test_quiz_has_ten_questions_of_several_kinds(code: str) -> None:
    quiz = _json(code, "quiz.json")
    assert quiz["title"]
    assert quiz["title_einfach"]
    assert len(quiz["questions"]) == 10
    assert _keys_are_unique(quiz["questions"])
    assert len({question["kind"] for question in quiz["questions"]}) >= 3


@pytest.mark.parametrize("question", _questions())
def test_question_can_be_answered_and_teaches(question: dict[str, Any]) -> None:
    assert question["prompt"].strip()
    assert question["explanation"].strip()
    options = question.get("options", [])
    right = [option for option in options if option["is_correct"]]
    assert _keys_are_unique(options)
    assert all(option["text"].strip() and option["feedback"].strip() for option in options)
    match question["kind"]:
        case "single":
            assert len(options) >= 3
            assert len(right) == 1
        case "multiple":
            assert len(options) >= 4
            assert 1 <= len(right) < len(options)
        case "true_false":
            assert [option["key"] for option in options] == ["true", "false"]
            assert len(right) == 1
        case "number":
            assert not options
            assert isinstance(question["answer"], int | float)
            assert question["tolerance"] >= 0
        case unknown:
            pytest.fail(f"unknown kind {unknown}")


@pytest.mark.parametrize("question", _questions())
def test_question_has_an_einfach_form_in_short_sentences(question: dict[str, Any]) -> None:
    texts = [question["prompt_einfach"], question["explanation_einfach"]]
    texts += [option["text_einfach"] for option in question.get("options", [])]
    assert all(text.strip() for text in texts)
    assert max(length for text in texts for length in _sentence_lengths(text)) <= 18


@pytest.mark.parametrize("code", GRUNDKURS)
def test_place_of_the_right_answer_gives_nothing_away(code: str) -> None:
    singles = [question for question in _json(code, "quiz.json")["questions"] if question["kind"] == "single"]
    places = {
        next(index for index, option in enumerate(question["options"]) if option["is_correct"]) for question in singles
    }
    assert len(places) >= 2


@pytest.mark.parametrize("code", GRUNDKURS)
def test_assignment_can_be_passed_but_not_by_the_lowest_levels(code: str) -> None:
    assignment = _json(code, "assignment.json")
    assert set(assignment) == {
        "title",
        "title_einfach",
        "task",
        "task_einfach",
        "expected_minutes",
        "accepted_types",
        "rubric",
        "pass_points",
    }
    assert set(assignment["accepted_types"]) == ACCEPTED_TYPES
    assert 15 <= assignment["expected_minutes"] <= 90
    rubric = assignment["rubric"]
    assert _keys_are_unique(rubric)
    points = [[level["points"] for level in criterion["levels"]] for criterion in rubric]
    assert sum(map(min, points)) < assignment["pass_points"] <= sum(map(max, points))


@pytest.mark.parametrize("code", GRUNDKURS)
def test_rubric_levels_rise_and_say_what_they_mean(code: str) -> None:
    for criterion in _json(code, "assignment.json")["rubric"]:
        points = [level["points"] for level in criterion["levels"]]
        assert criterion["title"]
        assert criterion["description"]
        assert 3 <= len(points) <= 4
        assert points == sorted(set(points))
        assert _keys_are_unique(criterion["levels"])
        assert all(level["text"].strip() for level in criterion["levels"])


@pytest.mark.parametrize("code", GRUNDKURS)
def test_figure_is_small_titled_and_safe(code: str) -> None:
    source = _text(code, "figure.svg")
    root = ElementTree.fromstring(source)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    assert root.get("viewBox")
    assert len(source.encode()) <= 6 * 1024
    assert not re.search(r"<script|href|\son\w+=|style=", source)


@pytest.mark.parametrize("code", GRUNDKURS)
def test_handout_fits_one_page(code: str) -> None:
    handout = _text(code, "handout.md")
    assert handout.startswith("# ")
    assert handout.count("- [ ]") >= 8
    assert 120 <= _words(handout) <= 420


def test_glossary_explains_each_term_once_in_two_short_sentences() -> None:
    glossary = json.loads((SEED / "glossary.json").read_text(encoding="utf-8"))
    terms = [entry["term"] for entry in glossary]
    assert len(terms) == len(set(terms)) >= 40
    for entry in glossary:
        assert set(entry) == {"term", "explanation", "explanation_einfach", "translations"}
        assert set(entry["translations"]) == {"en", "tr", "ar"}
        assert all([entry["explanation"], *entry["translations"].values()])
        lengths = _sentence_lengths(entry["explanation_einfach"].replace(":", ","))
        assert len(lengths) == 2, entry["term"]
        assert max(lengths) <= 15, entry["term"]
