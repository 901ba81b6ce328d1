"""A certificate made anew: why, who asked, and what is taken over from the old one."""

from enum import StrEnum

from shared.kernel.transitions import Transitions


class ReissueReason(StrEnum):
    """Why a certificate takes the place of another. The first two are what a holder may ask for."""

    NAME_CHANGED = "name_changed"
    MISTAKE = "mistake"
    KEY_REVOKED = "key_revoked"

    @property
    def looks_anew(self) -> bool:
        """Whether course, units and wording are read anew; otherwise what was attested then stays as it was."""
        return self is ReissueReason.MISTAKE


#: What a holder may ask for.
REASONS_OF_HOLDERS = (ReissueReason.NAME_CHANGED, ReissueReason.MISTAKE)


class ReissueState(StrEnum):
    """What became of what a holder asked for."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


REISSUE_TRANSITIONS = Transitions(
    "reissue_request",
    {
        ReissueState.WAITING: frozenset({ReissueState.GRANTED, ReissueState.REFUSED}),
        ReissueState.GRANTED: frozenset(),
        ReissueState.REFUSED: frozenset(),
    },
)
