"""Certificates that a person must release: which levels, and what may become of a request."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.transitions import Transitions


@dataclass(frozen=True)
class ReleaseRule:
    """One version of the setting: certificates of these levels are held until somebody releases them."""

    version: int
    level_codes: tuple[str, ...]

    def holds(self, level_code: str) -> bool:
        """Whether a certificate of this level waits for a person."""
        return level_code in self.level_codes


#: Multipliers act in the programme's name, so that a person looks before they are certified.
DEFAULT_RELEASE_RULE = ReleaseRule(version=1, level_codes=("multiplikator",))


class ReleaseState(StrEnum):
    """Withdrawn: a fact was taken back while the request waited; it waits again when the fact returns."""

    WAITING = "waiting"
    RELEASED = "released"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


RELEASE_TRANSITIONS = Transitions(
    "release_request",
    {
        ReleaseState.WAITING: frozenset({ReleaseState.RELEASED, ReleaseState.REFUSED, ReleaseState.WITHDRAWN}),
        ReleaseState.REFUSED: frozenset({ReleaseState.WAITING}),
        ReleaseState.WITHDRAWN: frozenset({ReleaseState.WAITING}),
        ReleaseState.RELEASED: frozenset(),
    },
)


class RefusalReason(StrEnum):
    """Why a certificate is not released; the person reads it, with what the office wrote."""

    PROOF_MISSING = "proof_missing"
    PRACTICE_MISSING = "practice_missing"
    RESULT_UNCLEAR = "result_unclear"
    PERSON_UNCLEAR = "person_unclear"


def sorted_codes(codes: Collection[str]) -> tuple[str, ...]:
    """Level codes as a rule stores them: each once, in one order."""
    return tuple(sorted(set(codes)))
