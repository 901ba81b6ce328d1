"""A learner's courses and one course with its modules; for staff, the same course without a learner."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.languages import choose, variant_for
from services.coursework.domain.results import Standing, stand
from services.coursework.domain.rules import PassingRules
from services.coursework.domain.steps import Step, next_to_do
from services.coursework.models import LevelResult, ModuleContent, PlaceCopy, RunCopy
from services.coursework.operations.places import enter_run
from services.coursework.operations.steps import ModuleSteps, list_steps
from services.coursework.queries import materials as material_queries
from services.coursework.queries import people as people_queries
from services.coursework.queries import results as result_queries
from services.coursework.queries import rules as rule_queries
from services.coursework.queries import runs as run_queries
from shared.kernel.actor import Actor, Role

#: Runs that the office's own list shows; older ones are reached from enrollment's pages.
_OFFICE_RUNS = 60


@dataclass(frozen=True)
class CourseCard:
    """One course of a learner, with how far it is."""

    run: RunCopy
    standing: Standing
    is_passed: bool


@dataclass(frozen=True)
class Courses:
    """What a person finds at the entrance: own courses, runs to train, runs to look after."""

    own: Sequence[CourseCard]
    trained: Sequence[RunCopy]
    supervised: Sequence[RunCopy]


def list_courses(session: Session, *, actor: Actor) -> Courses:
    """Everything of coursework that is open to the actor."""
    own: Sequence[tuple[RunCopy, PlaceCopy]] = []
    if actor.person_id is not None:
        own = run_queries.list_courses_of_person(session, person_id=actor.person_id)
    trained = run_queries.list_runs(session, run_ids=actor.scope_ids(Role.TRAINER))
    supervised = run_queries.list_all_runs(session, limit=_OFFICE_RUNS) if actor.holds(Role.OFFICE) else []
    return Courses(own=_cards(session, own), trained=trained, supervised=supervised)


def _cards(session: Session, own: Sequence[tuple[RunCopy, PlaceCopy]]) -> list[CourseCard]:
    places = [place for _, place in own]
    standings = _standings(session, places=places)
    results = result_queries.list_results(session, place_ids=[place.place_id for place in places])
    passed = {place_id for place_id, result in results.items() if result.passed_on is not None}
    return [
        CourseCard(run=run, standing=standings[place.place_id], is_passed=place.place_id in passed)
        for run, place in own
    ]


def _standings(session: Session, *, places: Sequence[PlaceCopy]) -> dict[UUID, Standing]:
    """What counts and what is done, place by place; asked once per level, however many courses there are."""
    standings: dict[UUID, Standing] = {}
    for level_code in {place.level_code for place in places}:
        ids = [place.place_id for place in places if place.level_code == level_code]
        rules = rule_queries.get_rules(session, level_code=level_code)
        work = result_queries.list_work(session, place_ids=ids, level_code=level_code, rules=rules)
        standings |= {place_id: stand(work[place_id]) for place_id in ids}
    return standings


@dataclass(frozen=True)
class CourseModule:
    """One module as the course page shows it."""

    title: str
    units: int
    summary: str
    learning_goals: Sequence[str]
    steps: ModuleSteps


@dataclass(frozen=True)
class Course:
    """A course. Without a place it is staff who look; then nothing is done or to do."""

    run: RunCopy
    place: PlaceCopy | None
    rules: PassingRules
    modules: Sequence[CourseModule]
    standing: Standing | None
    result: LevelResult | None
    next_step: Step | None
    trainers: Sequence[str]

    @property
    def is_passed(self) -> bool:
        """Whether everything that counts is done."""
        return self.result is not None and self.result.passed_on is not None


def open_course(session: Session, *, actor: Actor, run_id: UUID, language: str) -> Course:
    """A run with its modules and their steps. Raises NotFound."""
    entry = enter_run(session, actor=actor, run_id=run_id)
    run, place, variant = entry.run, entry.place, variant_for(language)
    modules = run_queries.list_modules(session, level_code=run.level_code)
    per_module = list_steps(session, modules=modules, level_code=run.level_code, place=place, variant=variant)
    contents = material_queries.list_contents(session, module_codes=[module.code for module in modules])
    names = people_queries.list_names(session, person_ids=run.trainer_ids)
    following = next_to_do([step for module in per_module for step in module.steps]) if place else None
    work = [module.work for module in per_module if module.work is not None]
    return Course(
        run=run,
        place=place,
        rules=rule_queries.get_rules(session, level_code=run.level_code),
        modules=[_module(m, content=contents.get(m.module.code), language=language) for m in per_module],
        standing=stand(work) if place else None,
        result=result_queries.find_result(session, place_id=place.place_id) if place else None,
        next_step=following,
        trainers=[names[person_id] for person_id in run.trainer_ids if names.get(person_id)],
    )


def _module(steps: ModuleSteps, *, content: ModuleContent | None, language: str) -> CourseModule:
    module = steps.module
    einfach = content.title_einfach if content else None
    return CourseModule(
        title=choose(module.title, einfach, variant=variant_for(language)),
        units=module.units,
        summary=content.summary if content else "",
        learning_goals=content.learning_goals if content else [],
        steps=steps,
    )
