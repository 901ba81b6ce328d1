"""What the kernel does for a supervisor that may itself be killed: nobody is left behind."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None, use_errno=True)


def become_subreaper() -> None:
    """Grandchildren whose parent was killed become our children, so that they can be found and ended."""
    _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with_parent(number: signal.Signals, *, parent: int) -> Callable[[], None]:
    """What a child calls before its program starts: the kernel will send it this signal when its parent is gone."""

    def prepare_child() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare_child


def set_title(command: list[str]) -> None:
    """Make `ps` show this command line. There must be room: the kernel shows the memory of the first one."""
    facts = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    start, end = int(facts[45]), int(facts[46])
    title = b"\0".join(part.encode() for part in command)[: end - start - 1]
    ctypes.memmove(start, title.ljust(end - start, b"\0"), end - start)


def children_of(parent: int) -> set[int]:
    """The pids whose parent is this one."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
                if int(after_name.split()[1]) == parent:
                    found.add(int(folder.name))
    return found


def end_strays(known: set[int]) -> None:
    """Kill and collect children that we never started: what a killed process left to us."""
    for pid in children_of(os.getpid()) - known:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def kill_group(leader: int) -> None:
    """Kill whoever is left of a process group whose leader has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
