"""The steps of a module, in the order in which a learner takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.coursework.domain.materials import MaterialKind, ReadingState
from services.coursework.domain.results import StepState


class StepKind(StrEnum):
    """What a step is."""

    MATERIAL = "material"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True)
class Step:
    """One step. A material has `material_id`, `material_kind` and `reading`; the others have `state`."""

    kind: StepKind
    module_code: str
    title: str
    material_id: UUID | None = None
    material_kind: MaterialKind | None = None
    reading: ReadingState | None = None
    state: StepState | None = None

    @property
    def is_done(self) -> bool:
        """Read, passed or accepted."""
        return self.reading is ReadingState.READ or self.state is StepState.DONE


def neighbours(steps: Sequence[Step], current: Step) -> tuple[Step | None, Step | None]:
    """The steps before and after the current one."""
    index = list(steps).index(current)
    before = steps[index - 1] if index else None
    after = steps[index + 1] if index + 1 < len(steps) else None
    return before, after


def next_to_do(steps: Sequence[Step]) -> Step | None:
    """The first step that is not done and does not wait for somebody else."""
    return next((step for step in steps if not step.is_done and step.state is not StepState.WAITING), None)
