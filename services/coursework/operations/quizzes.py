"""Quizzes as learners see them: the way in, the attempt, the review before handing in, the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.attempts import AttemptState
from services.coursework.domain.languages import Variant, choose, variant_for
from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.places import PlaceState
from services.coursework.domain.questions import QuestionKind, answer_hash, german_number, parse_number
from services.coursework.domain.rules import PassingRules
from services.coursework.models import Answer, Attempt, ModuleCopy, QuestionRow, QuizVersion, RunCopy
from services.coursework.operations.places import enter_own_place
from services.coursework.queries import places as place_queries
from services.coursework.queries import quizzes as quiz_queries
from services.coursework.queries import rules as rule_queries
from services.coursework.queries import runs as run_queries
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class QuizEntrance:
    """What a learner reads before beginning, and the attempts so far."""

    run: RunCopy
    module: ModuleCopy
    title: str
    questions: int
    rules: PassingRules
    attempts: Sequence[Attempt]

    @property
    def is_passed(self) -> bool:
        """Whether an attempt has reached the percentage."""
        return any(attempt.is_passed for attempt in self.attempts)

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt to go on with."""
        return next((a for a in self.attempts if a.state is AttemptState.OPEN), None)

    @property
    def attempts_left(self) -> int | None:
        """How many more may be begun; None means as often as one likes."""
        allowed = self.rules.attempts_allowed
        return None if allowed is None else max(0, allowed - len(self.attempts))


def open_quiz(session: Session, *, actor: Actor, run_id: UUID, module_code: str, language: str) -> QuizEntrance:
    """The entrance of a module's quiz. Raises NotFound."""
    run, place = enter_own_place(session, actor=actor, run_id=run_id)
    module = run_queries.get_module(session, level_code=run.level_code, code=module_code)
    quiz, version = quiz_queries.get_quiz_of_module(session, module_code=module_code)
    return QuizEntrance(
        run=run,
        module=module,
        title=choose(version.title, version.title_einfach, variant=variant_for(language)),
        questions=len(quiz_queries.list_questions(session, quiz_version_id=version.id)),
        rules=rule_queries.get_rules(session, level_code=run.level_code),
        attempts=quiz_queries.list_attempts(session, place_id=place.place_id, quiz_id=quiz.id),
    )


@dataclass(frozen=True)
class QuestionView:
    """A question with what is kept of its answer; what is right is there only after handing in."""

    question_id: UUID
    position: int
    kind: QuestionKind
    prompt: str
    choices: Sequence[tuple[str, str]]
    unit: str | None
    value: Sequence[str]
    value_hash: str
    revision: int
    saved_at: datetime | None
    credit_percent: int | None = None
    correct: Sequence[str] = ()
    explanation: str = ""
    remarks: Sequence[str] = ()

    @property
    def is_answered(self) -> bool:
        """Whether anything is kept."""
        return bool(self.value)

    @property
    def is_readable(self) -> bool:
        """Whether what is kept can be scored; a number may still be half typed."""
        return self.kind is not QuestionKind.NUMBER or not self.value or parse_number(self.value[0]) is not None

    @property
    def answer_texts(self) -> list[str]:
        """The kept answer as a learner reads it."""
        texts = dict(self.choices)
        return [texts.get(item, item) for item in self.value]


@dataclass(frozen=True)
class OpenAttempt:
    """An attempt with its questions."""

    attempt: Attempt
    run: RunCopy
    module: ModuleCopy
    title: str
    rules: PassingRules
    questions: Sequence[QuestionView]
    attempts_left: int | None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(question.is_answered for question in self.questions)


def open_attempt(session: Session, *, actor: Actor, attempt_id: UUID, language: str) -> OpenAttempt:
    """An attempt of the actor's own, open or handed in. Raises NotFound."""
    attempt = quiz_queries.get_attempt(session, attempt_id=attempt_id)
    place = place_queries.get_place(session, place_id=attempt.place_id)
    is_live = place.state is PlaceState.CONFIRMED
    facts = Facts(run_id=place.run_id, person_id=place.person_id if is_live else None)
    require_or_hide(actor, Permission.ATTEMPT_WORK, facts, kind="attempt")
    run = run_queries.get_run(session, run_id=place.run_id)
    quiz, version = quiz_queries.get_quiz_version(session, quiz_version_id=attempt.quiz_version_id)
    rules = rule_queries.get_rules(session, level_code=run.level_code)
    used = len(quiz_queries.list_attempts(session, place_id=place.place_id, quiz_id=quiz.id))
    return OpenAttempt(
        attempt=attempt,
        run=run,
        module=run_queries.get_any_module(session, code=quiz.module_code),
        title=choose(version.title, version.title_einfach, variant=variant_for(language)),
        rules=rules,
        questions=_views(session, attempt=attempt, version=version, variant=variant_for(language)),
        attempts_left=None if rules.attempts_allowed is None else max(0, rules.attempts_allowed - used),
    )


def _views(session: Session, *, attempt: Attempt, version: QuizVersion, variant: Variant) -> list[QuestionView]:
    answers = quiz_queries.list_answers(session, attempt_id=attempt.id)
    is_over = attempt.state is AttemptState.SUBMITTED
    return [
        _view(question, answer=answers.get(question.id), is_over=is_over, variant=variant)
        for question in quiz_queries.list_questions(session, quiz_version_id=version.id)
    ]


def _view(question: QuestionRow, *, answer: Answer | None, is_over: bool, variant: Variant) -> QuestionView:
    outcome = _outcome(question, answer=answer, variant=variant) if is_over else {}
    return QuestionView(
        question_id=question.id,
        position=question.position,
        kind=question.kind,
        prompt=choose(question.prompt, question.prompt_einfach, variant=variant),
        choices=[
            (choice["key"], choose(choice["text"], choice.get("text_einfach"), variant=variant))
            for choice in question.choices
        ],
        unit=question.unit,
        value=answer.value if answer else [],
        value_hash=answer.value_hash if answer else answer_hash(()),
        revision=answer.revision if answer else 0,
        saved_at=answer.saved_at if answer else None,
        **outcome,
    )


def _outcome(question: QuestionRow, *, answer: Answer | None, variant: Variant) -> dict[str, Any]:
    chosen = set(answer.value) if answer else set()
    return {
        "credit_percent": answer.credit_percent if answer else 0,
        "correct": list(question.correct_keys) or _right_number(question),
        "explanation": choose(question.explanation, question.explanation_einfach, variant=variant),
        "remarks": [c["feedback"] for c in question.choices if c["key"] in chosen and c.get("feedback")],
    }


def _right_number(question: QuestionRow) -> list[str]:
    return [] if question.correct_number is None else [german_number(question.correct_number)]
