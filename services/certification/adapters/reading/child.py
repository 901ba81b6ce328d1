"""The far side: a process that gives up everything before it reads the first foreign byte.

Its limits, set after all imports and before reading: no further descriptor may be opened, so there is no socket and no
file; no other process; a bound on memory; half a second of processor time, counted by the kernel. What crosses a bound
is ended by the kernel or by a MemoryError, and the near side finds no answer.
"""

import importlib
import json
import resource
import signal
import sys
from typing import Any

_MEBIBYTE = 1024 * 1024
_MEMORY_BYTES = 640 * _MEBIBYTE
_PROCESSOR_SECONDS = 0.45
#: The only task that may open sockets; it reads no file.
_CONNECTING = "fetch"


class Unreadable(Exception):
    """A reader says no: its text is a word for the reason."""


def main(task: str) -> None:
    """Import the reader, confine this process, answer one question."""
    reader = importlib.import_module(f"services.certification.adapters.reading.{task}")
    _confine(may_connect=task == _CONNECTING)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    facts, _, data = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(_answer(reader, json.loads(facts), data)))
    sys.stdout.flush()


def _answer(reader: Any, facts: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return dict(reader.read(facts, data))
    except Unreadable as error:
        return {"refused": str(error)}
    except MemoryError:
        return {"refused": "too_costly"}
    except reader.EXPECTED:
        return {"refused": "damaged"}


def _confine(*, may_connect: bool) -> None:
    signal.setitimer(signal.ITIMER_PROF, _PROCESSOR_SECONDS)
    limits = {
        resource.RLIMIT_AS: _MEMORY_BYTES,
        resource.RLIMIT_CPU: 2,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_NOFILE: 32 if may_connect else 0,
    }
    if may_connect:
        del limits[resource.RLIMIT_NPROC]  # Some resolvers start a thread.
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
