"""One runner per `var/`. The kernel drops the lock when its holder dies, however it dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from shared.devkit.runner.layout import Layout, read_json


class AlreadyRunning(Exception):
    """Another runner owns this `var/`; the text says which and where it answers."""


def hold_lock(layout: Layout) -> IO[str]:
    """The open lock file; whoever keeps it open owns the folder. Raises AlreadyRunning."""
    file = Path(layout.lock).open("a", encoding="utf-8")  # noqa: SIM115
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AlreadyRunning(_who(layout)) from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _who(layout: Layout) -> str:
    pid = layout.lock.read_text(encoding="utf-8").strip()
    address = read_json(layout.state).get("address", "its address is not known yet")
    return f"It is running already on {layout.var}: pid {pid}, {address}"
