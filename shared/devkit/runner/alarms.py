"""Decides what of a process's alarms the person at the terminal sees, and in which words."""

import json
import time
from pathlib import Path

_SHOWN_PER_ROUND = 4
_ROUND_SECONDS = 30.0
_WORTH_SHOWING = ("event", "error", "endpoint", "exception")


class Alarms:
    """The alarms of one process: a few in half a minute, then one hint at the log file, so that a storm is one line."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._round_began = 0.0
        self._in_this_round = 0

    def words_for(self, line: bytes) -> str | None:
        """What to show for this line of the log; None when enough has been shown."""
        now = time.monotonic()
        if now - self._round_began > _ROUND_SECONDS:
            self._round_began, self._in_this_round = now, 0
        self._in_this_round += 1
        if self._in_this_round > _SHOWN_PER_ROUND + 1:
            return None
        if self._in_this_round == _SHOWN_PER_ROUND + 1:
            return f"more of this in {self._log}"
        return shorten(line)


def shorten(line: bytes) -> str:
    """A structured log line as the few words that matter; any other line as it is."""
    text = line.decode("utf-8", errors="replace").strip()
    try:
        facts = json.loads(text)
    except ValueError:
        return text
    if not isinstance(facts, dict):
        return text
    words = [str(facts[name]).strip().splitlines()[-1] for name in _WORTH_SHOWING if facts.get(name)]
    return f"{facts.get('level', '')}: {' · '.join(words) or text}"
