"""The near side: start the confined interpreter, hand the bytes over, take one JSON object back or nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from threading import BoundedSemaphore, Timer
from typing import IO, Any

_ROOT = Path(__file__).parents[4]
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    " from services.certification.adapters.reading.child import main; main(sys.argv[2])"
)
#: Seconds to start and import, before the first foreign byte is read.
_START_SECONDS = 10.0
#: Seconds from the first byte on. The process itself ends earlier, by the processor time that it may use.
_WALL_SECONDS = 3.0
_ANSWER_BYTES = 2 * 1024 * 1024
#: Processes at a time and seconds to wait for one: a crowd of large files must not take the machine.
_SLOTS, _SLOT_SECONDS = BoundedSemaphore(4), 8.0


class Task(StrEnum):
    """What a confined process can do; each is a module of this folder."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    SEAL = "seal"
    BADGE = "badge"
    FETCH = "fetch"
    CANONICAL = "canonical"


class Refused(Exception):
    """The process said no, or was ended: the text is a word for the reason."""


class Busy(Exception):
    """Too many files are being read at the moment."""


def run_isolated(task: Task, *, data: bytes = b"", facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a fresh confined process makes of these bytes. Raises Refused and Busy; never anything of the content."""
    if not _SLOTS.acquire(timeout=_SLOT_SECONDS):
        raise Busy
    try:
        with _process(task) as process:
            answer = _converse(process, json.dumps(facts or {}).encode() + b"\n" + data)
    finally:
        _SLOTS.release()
    return _read_answer(answer)


@contextmanager
def _process(task: Task) -> "Iterator[subprocess.Popen[bytes]]":
    """The interpreter ignores environment and folder (-I), and inherits neither secrets nor descriptors."""
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-I", "-c", _BOOT, str(_ROOT), task.value],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close(pipe)


def _converse(process: "subprocess.Popen[bytes]", question: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    with _ending(process, _START_SECONDS):
        is_ready = process.stdout.readline() == b"ready\n"
    if not is_ready:
        raise Refused("not_started")
    with _ending(process, _WALL_SECONDS):
        try:
            process.stdin.write(question)
            process.stdin.close()
        except OSError:
            return b""  # It ended while it was reading.
        return process.stdout.read(_ANSWER_BYTES + 1)


@contextmanager
def _ending(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[None]:
    """Kill the process when the time is over; whoever reads from it then finds the end."""
    timer = Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:
        return  # What was not yet written has no reader any more.


def _read_answer(answer: bytes) -> dict[str, Any]:
    """The answer's object. A process that was ended while it wrote leaves half of one."""
    if not answer or len(answer) > _ANSWER_BYTES:
        raise Refused("too_costly")
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise Refused("damaged") from error
    if not isinstance(found, dict):
        raise Refused("damaged")
    if "refused" in found:
        raise Refused(str(found["refused"]))
    return found
