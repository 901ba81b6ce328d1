"""One process that the runner owns: how it is started, when it counts as ready, how it ends."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import IO, Any, Protocol

from shared.devkit.runner.alarms import Alarms
from shared.devkit.runner.layout import ROOT
from shared.devkit.runner.linux import end_with_parent, kill_group
from shared.devkit.runner.logs import ALARM, LogFile

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STABLE_SECONDS = 60.0


def is_alive() -> bool:
    """The readiness of a process that answers nobody: that it runs."""
    return True


class Kind(StrEnum):
    """Whether a process that ends has failed its purpose or fulfilled it."""

    LASTING = "lasting"
    JOB = "job"


@dataclass(frozen=True)
class ProcessSpec:
    """What to run. `alarm` picks the lines worth showing; `user` is a login name, for programs that refuse root."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] = is_alive
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = 10.0
    alarm: re.Pattern[bytes] = ALARM
    user: str | None = None
    port: int | None = None
    kind: Kind = Kind.LASTING
    open_input: Callable[[], int] | None = None


class Child(Protocol):
    """What the supervisor needs of a child process; `subprocess.Popen` is one."""

    pid: int
    stdout: IO[bytes] | None
    returncode: int | Any

    def poll(self) -> int | None:
        """The exit status, negative for a signal, or None while it runs."""
        ...

    def send_signal(self, sig: int, /) -> None:
        """Nothing happens to a process that has ended."""
        ...


@dataclass
class ManagedProcess:
    """A process and its history. Every start runs in a process group of its own, so that it can be ended whole."""

    spec: ProcessSpec
    log: LogFile
    alarms: Alarms
    popen: Child | None = None
    restarts: int = 0
    is_renewed: bool = False
    next_start: float | None = None
    unread: bytes = b""
    _pause: float = field(default=_FIRST_PAUSE_SECONDS)
    _started: float = 0.0

    @property
    def pid(self) -> int | None:
        return self.popen.pid if self.popen and self.popen.returncode is None else None

    def start(self, launch: Callable[[ProcessSpec], Child | None]) -> None:
        """Start by this way of launching, or by our own when it declines."""
        self.next_start = None
        self._started = time.monotonic()
        self.popen = launch(self.spec) or spawn(self.spec)
        if self.popen.stdout:
            os.set_blocking(self.popen.stdout.fileno(), False)

    def signal(self, number: signal.Signals) -> None:
        """Tell the program itself; its own children are its business until it has ended."""
        if self.popen and self.popen.poll() is None:
            self.popen.send_signal(number)

    def clear_up(self) -> None:
        """End what the ended program left behind in its group."""
        if self.popen:
            kill_group(self.popen.pid)

    def plan_restart(self) -> float:
        """When to try again: half a second, doubled at each failure up to 30; forgotten after a calm minute."""
        if time.monotonic() - self._started > _STABLE_SECONDS:
            self._pause = _FIRST_PAUSE_SECONDS
        pause = self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        self.next_start = time.monotonic() + pause
        self.restarts += 1
        return pause


def spawn(spec: ProcessSpec) -> Child:
    """Start the program with nothing but its own environment; its output comes to us through a pipe."""
    source = spec.open_input() if spec.open_input else subprocess.DEVNULL
    child = subprocess.Popen(
        spec.command,
        cwd=ROOT,
        env=dict(spec.environment),
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=end_with_parent(spec.stop_signal, parent=os.getpid()),  # noqa: PLW1509 (the runner has one thread)
        user=spec.user,
        extra_groups=[] if spec.user else None,
    )
    if source != subprocess.DEVNULL:
        os.close(source)
    return child


def describe_exit(returncode: int) -> str:
    """An exit status in words: the signal's name, or the number."""
    if returncode < 0:
        return f"ended by {signal.Signals(-returncode).name}"
    return f"ended with status {returncode}"
