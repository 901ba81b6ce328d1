"""The steps of modules as one learner sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.languages import Variant, choose
from services.coursework.domain.materials import ReadingState, reading_state
from services.coursework.domain.results import ModuleWork
from services.coursework.domain.steps import Step, StepKind
from services.coursework.models import MaterialReading, ModuleCopy, PlaceCopy
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import materials as material_queries
from services.coursework.queries import quizzes as quiz_queries
from services.coursework.queries import results as result_queries
from services.coursework.queries import rules as rule_queries


@dataclass(frozen=True)
class ModuleSteps:
    """A module with its steps; `work` is None for staff, who have nothing to do in it."""

    module: ModuleCopy
    work: ModuleWork | None
    steps: Sequence[Step]


def list_steps(
    session: Session,
    *,
    modules: Sequence[ModuleCopy],
    level_code: str,
    place: PlaceCopy | None,
    variant: Variant,
) -> list[ModuleSteps]:
    """Modules with their steps: first what there is to read, then the quiz, then the assignment."""
    codes = [module.code for module in modules]
    materials = _materials(session, codes=codes, place=place, variant=variant)
    quizzes = quiz_queries.list_quizzes(session, module_codes=codes)
    assignments = assignment_queries.list_assignments(session, module_codes=codes)
    work = _work(session, level_code=level_code, place=place)

    def steps_of(code: str) -> list[Step]:
        done = work.get(code)
        steps = [step for step in materials if step.module_code == code]
        if code in quizzes:
            steps.append(Step(kind=StepKind.QUIZ, module_code=code, title="", state=done.quiz if done else None))
        if code in assignments:
            assignment = assignments[code]
            title = choose(assignment.title, assignment.title_einfach, variant=variant)
            state = done.assignment if done else None
            steps.append(Step(kind=StepKind.ASSIGNMENT, module_code=code, title=title, state=state))
        return steps

    return [ModuleSteps(module=m, work=work.get(m.code), steps=steps_of(m.code)) for m in modules]


def _materials(session: Session, *, codes: Sequence[str], place: PlaceCopy | None, variant: Variant) -> list[Step]:
    materials = material_queries.list_materials(session, module_codes=codes)
    readings: dict[UUID, MaterialReading] = {}
    if place is not None:
        ids = [material.id for material, _ in materials]
        readings = material_queries.list_readings(session, person_id=place.person_id, material_ids=ids)
    return [
        Step(
            kind=StepKind.MATERIAL,
            module_code=material.module_code,
            title=choose(version.title, version.title_einfach, variant=variant),
            material_id=material.id,
            material_kind=material.kind,
            reading=_reading(readings.get(material.id), material.current_version) if place else None,
        )
        for material, version in materials
    ]


def _work(session: Session, *, level_code: str, place: PlaceCopy | None) -> dict[str, ModuleWork]:
    """What the learner has done, by module; nothing for staff."""
    if place is None:
        return {}
    rules = rule_queries.get_rules(session, level_code=level_code)
    per_place = result_queries.list_work(session, place_ids=[place.place_id], level_code=level_code, rules=rules)
    return {module.module_code: module for module in per_place[place.place_id]}


def _reading(row: MaterialReading | None, current_version: int) -> ReadingState:
    return reading_state(
        current_version=current_version,
        opened_version=row.opened_version if row else None,
        read_version=row.read_version if row else None,
    )
