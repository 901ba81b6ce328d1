"""What the person at the terminal sees: few lines, each with the name of its process."""

import os
import sys
import time

_COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95, 94)
_NAME_WIDTH = 22
_LONGEST_LINE = 220


class Console:
    """Prints prefixed lines; in colour only where a terminal understands it and NO_COLOR is not set."""

    def __init__(self) -> None:
        self._has_colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._colours: dict[str, int] = {}
        self._started = time.monotonic()

    def say(self, name: str, message: str) -> None:
        """One line about a process, in that process's colour."""
        colour = self._colours.setdefault(name, _COLOURS[len(self._colours) % len(_COLOURS)])
        self.plain(f"{self._paint(name.ljust(_NAME_WIDTH), colour)} {message[:_LONGEST_LINE]}")

    def warn(self, name: str, message: str) -> None:
        """One line that should be noticed."""
        self.say(name, self._paint(message[:_LONGEST_LINE], 91))

    def strong(self, text: str) -> str:
        """The text as it should stand out in a table."""
        return self._paint(text, 1)

    def plain(self, message: str) -> None:
        """One line as it is; a terminal that went away is no reason to stop."""
        try:
            sys.stdout.write(f"{message}\n")
            sys.stdout.flush()
        except OSError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115

    def seconds(self) -> float:
        """Seconds since the runner started."""
        return time.monotonic() - self._started

    def _paint(self, text: str, colour: int) -> str:
        return f"\033[{colour}m{text}\033[0m" if self._has_colour else text
