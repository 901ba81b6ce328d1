"""The quiz of a module."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.adapters.seed_content import source_hash
from services.coursework.domain.questions import QuestionKind
from services.coursework.models import QuestionRow, Quiz, QuizVersion
from services.coursework.queries import quizzes as quiz_queries
from shared.kernel.ids import new_id


def ensure_quiz(session: Session, *, code: str, source: dict[str, Any], now: datetime) -> int:
    """Have the quiz in a version of this source; 1 where that was news. Versions that exist never change."""
    quiz = quiz_queries.find_quiz_of_module(session, module_code=code)
    known = source_hash(source)
    if quiz is None:
        quiz = Quiz(id=new_id(), module_code=code, current_version=0)
        session.add(quiz)
        session.flush()  # Versions refer to the quiz's row.
    elif quiz_queries.find_version_by_source(session, quiz_id=quiz.id, source_hash=known) is not None:
        return 0
    quiz.current_version += 1
    version = QuizVersion(
        id=new_id(),
        quiz_id=quiz.id,
        version=quiz.current_version,
        title=source["title"],
        title_einfach=source.get("title_einfach"),
        source_hash=known,
        created_at=now,
    )
    session.add(version)
    session.flush()  # Questions refer to the version's row.
    session.add_all(
        _question(values, quiz_version_id=version.id, position=position)
        for position, values in enumerate(source["questions"], start=1)
    )
    return 1


def _question(values: dict[str, Any], *, quiz_version_id: UUID, position: int) -> QuestionRow:
    choices = values.get("options", [])
    number = values.get("answer")
    return QuestionRow(
        id=new_id(),
        quiz_version_id=quiz_version_id,
        position=position,
        kind=QuestionKind(values["kind"]),
        points=values.get("points", 1),
        prompt=values["prompt"],
        prompt_einfach=values.get("prompt_einfach"),
        explanation=values.get("explanation", ""),
        explanation_einfach=values.get("explanation_einfach"),
        choices=[
            {
                "key": choice["key"],
                "text": choice["text"],
                "text_einfach": choice.get("text_einfach"),
                "feedback": choice.get("feedback", ""),
            }
            for choice in choices
        ],
        correct_keys=[choice["key"] for choice in choices if choice["is_correct"]],
        correct_number=None if number is None else Decimal(str(number)),
        tolerance=Decimal(str(values.get("tolerance", 0))),
        unit=values.get("unit"),
    )
