"""Reading the programme's own content from this package's `seed` folder, one folder a module."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from services.coursework.adapters.lessons import split_title

_LESSON = re.compile(r"lesson-(\d+)\.md")
#: Steps between positions, so that a drawing stands after the first lesson and the handout last.
LESSON_STEP = 10
FIGURE_POSITION = 15
HANDOUT_POSITION = 900


@dataclass(frozen=True)
class TextSource:
    """A lesson or handout: its first heading is the title."""

    position: int
    title: str
    text: str
    title_einfach: str | None
    text_einfach: str | None


@dataclass(frozen=True)
class ModuleSource:
    """Everything that a module's folder holds; what a file lacks is None."""

    code: str
    title: str
    title_einfach: str | None
    summary: str
    learning_goals: Sequence[str]
    lessons: Sequence[TextSource]
    figure: str | None
    handout: TextSource | None
    quiz: dict[str, Any] | None
    assignment: dict[str, Any] | None


def source_hash(value: Any) -> str:
    """The SHA-256 of a source, whatever its form, for seeing whether it has changed."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read_modules() -> Iterator[ModuleSource]:
    """All modules that have a folder, by code."""
    for folder in sorted(_root().iterdir(), key=lambda entry: entry.name):
        if folder.is_dir() and folder.joinpath("module.json").is_file():
            yield _module(folder)


def read_glossary() -> list[dict[str, Any]]:
    """The explained words: term, explanation, explanation_einfach, translations by language code."""
    source = _json(_root(), "glossary.json")
    return source if isinstance(source, list) else (source or {}).get("terms", [])


def _root() -> Traversable:
    return files("services.coursework").joinpath("seed")


def _module(folder: Traversable) -> ModuleSource:
    facts = _json(folder, "module.json") or {}
    handout = _read(folder, "handout.md")
    return ModuleSource(
        code=folder.name,
        title=facts["title"],
        title_einfach=facts.get("title_einfach"),
        summary=facts.get("summary", ""),
        learning_goals=facts.get("learning_goals", []),
        lessons=list(_lessons(folder)),
        figure=_read(folder, "figure.svg"),
        handout=_text(HANDOUT_POSITION, handout, None) if handout else None,
        quiz=_json(folder, "quiz.json"),
        assignment=_json(folder, "assignment.json"),
    )


def _lessons(folder: Traversable) -> Iterator[TextSource]:
    numbers = sorted(int(match[1]) for entry in folder.iterdir() if (match := _LESSON.fullmatch(entry.name)))
    for number in numbers:
        german = _read(folder, f"lesson-{number}.md") or ""
        yield _text(number * LESSON_STEP, german, _read(folder, f"lesson-{number}.einfach.md"))


def _text(position: int, german: str, einfach: str | None) -> TextSource:
    title, text = split_title(german)
    title_einfach, text_einfach = split_title(einfach) if einfach else (None, None)
    return TextSource(
        position=position,
        title=title,
        text=text,
        title_einfach=title_einfach or None,
        text_einfach=text_einfach or None,
    )


def _read(folder: Traversable, name: str) -> str | None:
    entry = folder.joinpath(name)
    return entry.read_text(encoding="utf-8") if entry.is_file() else None


def _json(folder: Traversable, name: str) -> Any:
    text = _read(folder, name)
    return json.loads(text) if text else None
