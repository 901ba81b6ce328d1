"""Bringing the programme's content into the database; safe to repeat, and the office's revisions stay."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.coursework.adapters.seed_content import ModuleSource, read_glossary, read_modules
from services.coursework.models import ModuleContent
from services.coursework.operations.seeding.assignments import ensure_assignment
from services.coursework.operations.seeding.glossary import ensure_glossary
from services.coursework.operations.seeding.materials import ensure_figure, ensure_handout, ensure_lesson
from services.coursework.operations.seeding.quizzes import ensure_quiz
from services.coursework.queries import locks
from shared.documents import Documents


def ensure_content(session: Session, documents: Documents, now: datetime) -> int:
    """Have every material, quiz, assignment and glossary term of the `seed` folder; how many were new or changed.

    A source that has changed becomes a new version. One that is known does not, even if the office has revised the
    material since. Documents are put under keys made from their content. Two at once wait for each other.
    """
    locks.lock_seeding(session)
    changed = sum(_ensure_module(session, documents=documents, source=source, now=now) for source in read_modules())
    return changed + ensure_glossary(session, source=read_glossary())


def _ensure_module(session: Session, *, documents: Documents, source: ModuleSource, now: datetime) -> int:
    session.merge(
        ModuleContent(
            module_code=source.code,
            title=source.title,
            title_einfach=source.title_einfach,
            summary=source.summary,
            learning_goals=list(source.learning_goals),
        )
    )
    changed = sum(ensure_lesson(session, code=source.code, source=lesson, now=now) for lesson in source.lessons)
    if source.figure is not None:
        changed += ensure_figure(session, documents=documents, code=source.code, svg=source.figure, now=now)
    if source.handout is not None:
        changed += ensure_handout(
            session, documents=documents, module=source.title, code=source.code, source=source.handout, now=now
        )
    if source.quiz is not None:
        changed += ensure_quiz(session, code=source.code, source=source.quiz, now=now)
    if source.assignment is not None:
        changed += ensure_assignment(session, code=source.code, source=source.assignment)
    return changed
