"""Weighing all associations by a new version of the rule of the pass: how far it is, and what it came to."""

from collections.abc import Iterable
from enum import StrEnum

from services.certification.domain.passes import PassChangeKind
from shared.kernel.transitions import Transitions


class WeighingState(StrEnum):
    """A weighing ends with the last association, or where a newer version of the rule begins a weighing of its own."""

    RUNNING = "running"
    FINISHED = "finished"
    OVERTAKEN = "overtaken"


WEIGHING_TRANSITIONS = Transitions(
    "pass_weighing",
    {
        WeighingState.RUNNING: frozenset({WeighingState.FINISHED, WeighingState.OVERTAKEN}),
        WeighingState.FINISHED: frozenset(),
        WeighingState.OVERTAKEN: frozenset(),
    },
)

#: What happened to a pass -> the count of a weighing that it belongs to. Nobody is renewed by being weighed.
_COUNTED_AS = {
    PassChangeKind.AWARDED: "awarded",
    PassChangeKind.RETURNED: "awarded",
    PassChangeKind.GRACE: "in_grace",
    PassChangeKind.SUSPENDED: "suspended",
    PassChangeKind.ENDED: "ended",
}


def count_changes(kinds: Iterable[PassChangeKind]) -> dict[str, int]:
    """How many passes were awarded or returned, came into grace, were suspended, have ended."""
    counts = dict.fromkeys(_COUNTED_AS.values(), 0)
    for kind in kinds:
        counts[_COUNTED_AS[kind]] += 1
    return counts
