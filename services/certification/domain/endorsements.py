"""What others say of a holder: asked for by the holder, written by a named person, shown with the consent of both."""

from datetime import timedelta
from enum import StrEnum

from shared.kernel.transitions import Transitions

#: Requests and texts at a time for one certificate.
ENDORSEMENTS_LIMIT = 10
#: A request that nobody has answered is deleted then.
REQUEST_LIFETIME = timedelta(days=60)
TEXT_LIMIT = 1_000


class EndorsementState(StrEnum):
    """Asked until the endorser writes; what was withdrawn by the endorser may be written anew."""

    ASKED = "asked"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


ENDORSEMENT_TRANSITIONS = Transitions(
    "endorsement",
    {
        EndorsementState.ASKED: frozenset({EndorsementState.GIVEN, EndorsementState.WITHDRAWN}),
        EndorsementState.GIVEN: frozenset({EndorsementState.GIVEN, EndorsementState.WITHDRAWN}),
        EndorsementState.WITHDRAWN: frozenset({EndorsementState.GIVEN}),
    },
)


class EndorserRole(StrEnum):
    """What the platform knows of an endorser; somebody of whom it knows nothing stands there with the name alone."""

    TRAINER = "trainer"
    BOARD = "board"
    OFFICE = "office"
    PERSON = "person"
