"""A state changes only through its subject's table of transitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.kernel.errors import TransitionRefused

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Transitions(Generic[State]):
    """The states of one subject and the ways between them: state -> states that may follow."""

    subject: str
    table: Mapping[State, frozenset[State]]

    def check(self, current: State, wanted: State) -> State:
        """Give `wanted` back, or raise TransitionRefused where no way leads there."""
        if wanted not in self.table[current]:
            raise TransitionRefused(subject=self.subject, state=current.value, wanted=wanted.value)
        return wanted

    def allows(self, current: State, wanted: State) -> bool:
        """Whether a way leads from `current` to `wanted`."""
        return wanted in self.table[current]
