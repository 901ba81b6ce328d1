"""Materials: what a module gives its learners to read, look at or print."""

from enum import StrEnum

#: Longest text of a lesson in one variant, in characters; about twenty printed pages.
TEXT_LIMIT = 60_000


class MaterialKind(StrEnum):
    """How a material is shown."""

    TEXT = "text"
    IMAGE = "image"
    PDF = "pdf"


class ReadingState(StrEnum):
    """What a person has done with a material."""

    NEW = "new"
    OPENED = "opened"
    READ = "read"
    CHANGED = "changed"


def reading_state(*, current_version: int, opened_version: int | None, read_version: int | None) -> ReadingState:
    """New, opened, read, or changed since it was read.

    A material that was marked as read in an older version is "changed", so that nobody misses a correction.
    """
    if read_version is not None:
        return ReadingState.READ if read_version >= current_version else ReadingState.CHANGED
    return ReadingState.NEW if opened_version is None else ReadingState.OPENED
