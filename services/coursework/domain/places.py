"""Places, as far as coursework cares: who may learn in a run."""

from enum import StrEnum


class PlaceState(StrEnum):
    """Only a confirmed place opens a run's coursework. What was done in it is kept when it is released."""

    CONFIRMED = "confirmed"
    RELEASED = "released"
