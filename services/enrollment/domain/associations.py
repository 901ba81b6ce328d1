"""Associations and their members."""

from enum import StrEnum

from services.enrollment.domain.errors import LastBoardMember
from shared.kernel.ids import new_code
from shared.kernel.transitions import Transitions

#: 8 of 24 characters: 36 bits. A code opens membership only, is limited in tries, and can be replaced by the board.
INVITE_CODE_LENGTH = 8


class AssociationState(StrEnum):
    """A registered association works at once; the programme office looks at it later and confirms it."""

    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    CLOSED = "closed"


ASSOCIATION_TRANSITIONS: Transitions[AssociationState] = Transitions(
    "association",
    {
        AssociationState.REGISTERED: frozenset({AssociationState.CONFIRMED, AssociationState.CLOSED}),
        AssociationState.CONFIRMED: frozenset({AssociationState.CLOSED}),
        AssociationState.CLOSED: frozenset({AssociationState.CONFIRMED}),
    },
)


def is_active(state: AssociationState) -> bool:
    """Whether the association takes part: people can join, its members' places and passes count."""
    return state is not AssociationState.CLOSED


def new_invite_code() -> str:
    """The code with which people join."""
    return new_code(INVITE_CODE_LENGTH)


def show_invite_code(code: str) -> str:
    """An invite code as it is shown: two groups of four."""
    return f"{code[:4]}-{code[4:]}"


def check_board_remains(*, others_on_board: int) -> None:
    """Raise LastBoardMember where the board would be left empty (BGB section 26: an association has one)."""
    if others_on_board == 0:
        raise LastBoardMember
