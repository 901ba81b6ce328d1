"""What the invented learners have done of the coursework, and what their trainers have said about it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from shared.devkit.demo.plans import RUNS, RunPlan, Work
from shared.devkit.demo.runs import workshops
from shared.devkit.demo.writing import ANY_NOTE, FEEDBACK_ACCEPTED, FEEDBACK_RETURNED, NOTES

Json = dict[str, Any]

_QUIZ_AFTER = timedelta(days=2)
_HANDED_IN_AFTER = timedelta(days=4)
_GRADED_AFTER = timedelta(days=9)


def work_in_runs(*, today: date, now: datetime) -> list[Json]:
    """Run by run, learner by learner, module by module: what happened to the quiz and to the assignment.

    A module without a quiz or an assignment is passed over by the loader.
    """
    return [
        {
            "run": plan.title,
            "level_code": plan.level_code,
            "people": [
                {"person": key, "has_passed": work is Work.ALL, "steps": list(_steps(plan, number, work, today, now))}
                for number, (key, work) in enumerate(plan.people.items())
                if work is not Work.NOTHING
            ],
        }
        for plan in RUNS
        if any(work is not Work.NOTHING for work in plan.people.values())
    ]


def _steps(plan: RunPlan, number: int, work: Work, today: date, now: datetime) -> Iterator[Json]:
    over = [s for s in workshops(plan, today=today) if datetime.fromisoformat(s["ends_at"]) <= now]
    for position, session in enumerate(over):
        quiz, submission = _state(work, position, len(over))
        if quiz is None and submission is None:
            continue
        ended = datetime.fromisoformat(session["ends_at"]) + timedelta(minutes=37 * number)
        yield {
            "module_code": session["module_code"],
            "quiz": quiz,
            "quiz_at": _past(ended + _QUIZ_AFTER, now, hours=30),
            "submission": submission,
            "note": NOTES.get(session["module_code"], ANY_NOTE),
            "handed_in_at": _past(ended + _HANDED_IN_AFTER, now, hours=20 + number),
            "graded_at": _past(ended + _GRADED_AFTER, now, hours=3),
            "grader": plan.trainers[(position + number) % len(plan.trainers)],
            "feedback": FEEDBACK_RETURNED if submission == "returned" else FEEDBACK_ACCEPTED,
        }


def _state(work: Work, position: int, over: int) -> tuple[str | None, str | None]:
    """What has become of the quiz and of the assignment of the workshop at this position of those that are over."""
    match work:
        case Work.ALL:
            return "passed", "accepted"
        case Work.BEGUN:
            return (("passed", "submitted"), ("open", "draft"))[position] if position < 2 else (None, None)
        case Work.WAITING:
            return "passed", "accepted" if position < over // 2 else "submitted"
        case Work.RETURNED:
            return "passed", "returned" if position == over - 1 else "accepted"
        case _:
            return None, None


def _past(moment: datetime, now: datetime, *, hours: int) -> str:
    return min(moment, now - timedelta(hours=hours)).isoformat()
