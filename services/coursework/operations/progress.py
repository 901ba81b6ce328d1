"""How far the learners of a run are, for its trainers and the office; and one learner's own results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.results import ModuleWork, Standing, stand
from services.coursework.domain.rules import PassingRules
from services.coursework.models import LevelResult, ModuleCopy, RunCopy
from services.coursework.operations.places import enter_own_place
from services.coursework.queries import people as people_queries
from services.coursework.queries import places as place_queries
from services.coursework.queries import results as result_queries
from services.coursework.queries import rules as rule_queries
from services.coursework.queries import runs as run_queries
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class LearnerLine:
    """One learner of a run."""

    place_id: UUID
    person_id: UUID
    name: str
    standing: Standing
    work: Sequence[ModuleWork]
    passed_on: date | None


@dataclass(frozen=True)
class RunProgress:
    """A run with all its learners."""

    run: RunCopy
    modules: Sequence[ModuleCopy]
    learners: Sequence[LearnerLine]

    @property
    def passed(self) -> int:
        """How many have passed the level."""
        return sum(learner.passed_on is not None for learner in self.learners)


def open_progress(session: Session, *, actor: Actor, run_id: UUID) -> RunProgress:
    """The learners of a run by name. Raises NotFound."""
    run = run_queries.get_run(session, run_id=run_id)
    require_or_hide(actor, Permission.PROGRESS_READ, Facts(run_id=run_id), kind="run")
    places = place_queries.list_confirmed_places(session, run_id=run_id)
    ids = [place.place_id for place in places]
    rules = rule_queries.get_rules(session, level_code=run.level_code)
    work = result_queries.list_work(session, place_ids=ids, level_code=run.level_code, rules=rules)
    results = result_queries.list_results(session, place_ids=ids)
    names = people_queries.list_names(session, person_ids=[place.person_id for place in places])
    learners = [
        LearnerLine(
            place_id=place.place_id,
            person_id=place.person_id,
            name=names.get(place.person_id, ""),
            standing=stand(work[place.place_id]),
            work=work[place.place_id],
            passed_on=results[place.place_id].passed_on if place.place_id in results else None,
        )
        for place in places
    ]
    return RunProgress(
        run=run,
        modules=run_queries.list_modules(session, level_code=run.level_code),
        learners=sorted(learners, key=lambda learner: learner.name.casefold()),
    )


@dataclass(frozen=True)
class OwnResults:
    """What a learner has done of what counts, and what is missing."""

    run: RunCopy
    rules: PassingRules
    lines: Sequence[tuple[ModuleCopy, ModuleWork]]
    standing: Standing
    result: LevelResult | None

    @property
    def is_passed(self) -> bool:
        """Whether everything that counts is done."""
        return self.result is not None and self.result.passed_on is not None


def open_own_results(session: Session, *, actor: Actor, run_id: UUID) -> OwnResults:
    """The actor's own results in a run. Raises NotFound."""
    run, place = enter_own_place(session, actor=actor, run_id=run_id)
    rules = rule_queries.get_rules(session, level_code=run.level_code)
    modules = run_queries.list_modules(session, level_code=run.level_code)
    per_place = result_queries.list_work(session, place_ids=[place.place_id], level_code=run.level_code, rules=rules)
    work = per_place[place.place_id]
    return OwnResults(
        run=run,
        rules=rules,
        lines=list(zip(modules, work, strict=True)),
        standing=stand(work),
        result=result_queries.find_result(session, place_id=place.place_id),
    )
