"""Certificates issued for many places at once: how far a batch is, and what became of each place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.transitions import Transitions


class BatchState(StrEnum):
    """A paused batch keeps what it has done and goes on where it stopped; a cancelled one leaves the rest undone."""

    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    FINISHED = "finished"


BATCH_TRANSITIONS = Transitions(
    "batch",
    {
        BatchState.RUNNING: frozenset({BatchState.PAUSED, BatchState.CANCELLED, BatchState.FINISHED}),
        BatchState.PAUSED: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
        BatchState.CANCELLED: frozenset(),
        BatchState.FINISHED: frozenset(),
    },
)


class BatchKind(StrEnum):
    """What a batch does: certificates that are due, or new ones in the place of those of a revoked key."""

    ISSUE = "issue"
    REISSUE = "reissue"


class BatchProblem(StrEnum):
    """What a running batch waits for. It goes on by itself as soon as that is mended."""

    KEY_AWAY = "key_away"  # the signing key does not answer: its token, its service or its file
    KEY_MISSING = "key_missing"  # the last key was retired or revoked, and no other signs
    KEY_UNKNOWN = "key_unknown"  # the key that signs is not in the list of the worker's server


class Outcome(StrEnum):
    """What became of one place. Only `ISSUED` has made a certificate; the others say why not."""

    ISSUED = "issued"
    HAD_ONE = "had_one"
    HAS_LEVEL = "has_level"
    FACT_MISSING = "fact_missing"
    PERSON_MISSING = "person_missing"
    NAME_UNUSABLE = "name_unusable"
    LEVEL_MISSING = "level_missing"
    RUN_MISSING = "run_missing"
    HELD = "held"
    REFUSED = "refused"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Progress:
    """How far a batch is."""

    total: int
    outcomes: Mapping[Outcome, int]

    @property
    def done(self) -> int:
        """How many places were dealt with."""
        return sum(self.outcomes.values())

    @property
    def issued(self) -> int:
        """How many certificates the batch has made."""
        return self.outcomes.get(Outcome.ISSUED, 0)

    @property
    def left(self) -> int:
        """How many places are still to be dealt with."""
        return self.total - self.done
