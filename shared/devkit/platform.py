"""For tests and tools: start the engines or the whole platform in a folder, and stop it again.

Both run in a runner of their own, the same that `make run` uses, so a test sees what a person sees.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from shared.contracts.services import Service
from shared.devkit.runner.layout import ROOT, Layout, read_json

_ENGINES_DEADLINE_SECONDS = 60.0
_PLATFORM_DEADLINE_SECONDS = 240.0
_STOP_SECONDS = 60.0


class NotStarted(Exception):
    """The runner ended or did not become ready; the text is what it said."""


@dataclass(frozen=True)
class Running:
    """A runner and the folder it works in. Leaving the `with` block ends every process."""

    var: Path
    runner: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End everything in order, as Ctrl-C does; the data stay in `var`."""
        self.runner.terminate()
        try:
            self.runner.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.runner.kill()
            self.runner.wait()

    @property
    def pids(self) -> dict[str, int]:
        """The processes that run now, by name; one that is being restarted is missing."""
        processes = self.state["processes"]
        return {name: facts["pid"] for name, facts in processes.items() if facts["pid"] is not None}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each process had to be started again."""
        return {name: facts["restarts"] for name, facts in self.state["processes"].items()}

    def kill(self, name: str) -> None:
        """kill -9 one process by its name, as `enrollment-web` or `postgres`. Raises KeyError when it does not run."""
        os.kill(self.pids[name], signal.SIGKILL)

    def port(self, name: str) -> int:
        """The port that a process listens on, as `enrollment-web`."""
        return int(self.state["processes"][name]["port"])

    def log(self, name: str) -> Path:
        """The file that holds what a process has said."""
        return Layout(self.var).logs / f"{name}.log"

    @property
    def state(self) -> dict[str, Any]:
        """What the runner publishes: `processes`, `ready`, and more of the kind that runs."""
        return read_json(Layout(self.var).state)


@dataclass(frozen=True)
class Engines(Running):
    """PostgreSQL, Valkey and S3, with an empty database, a role and a bucket for each service."""

    def environment(self, service: Service) -> dict[str, str]:
        """Every setting of a service, for its `read_settings`."""
        found: dict[str, str] = self.state["environments"][service]
        return found

    @property
    def superuser_url(self) -> str:
        """For making and dropping databases: postgresql://postgres:…"""
        return str(self.state["superuser_url"])


@dataclass(frozen=True)
class Platform(Running):
    """The whole platform, demo programme included."""

    base_url: str

    @property
    def mailbox_url(self) -> str:
        """`?to=address` narrows it; an array of mails with `to`, `subject`, `text`, `html`, newest first."""
        return f"{self.base_url}/mailbox/api/messages"


def start_engines(var: Path) -> Engines:
    """Start only the engines, in about two seconds. Raises NotStarted."""
    runner = _launch("engines", var, ())
    _wait_until_ready(runner, var, _ENGINES_DEADLINE_SECONDS)
    return Engines(var=var, runner=runner)


def start_storage(var: Path) -> Engines:
    """Start the engines of a folder whose data are to be kept, for backup and restore. Raises NotStarted."""
    runner = _launch("storage", var, ())
    _wait_until_ready(runner, var, _ENGINES_DEADLINE_SECONDS)
    return Engines(var=var, runner=runner)


def start_platform(var: Path, port: int) -> Platform:
    """Start everything behind this port of the loopback address. Raises NotStarted."""
    runner = _launch("run", var, ("--port", str(port)))
    _wait_until_ready(runner, var, _PLATFORM_DEADLINE_SECONDS)
    return Platform(var=var, runner=runner, base_url=f"http://127.0.0.1:{port}")


def _launch(what: str, var: Path, more: tuple[str, ...]) -> subprocess.Popen[bytes]:
    layout = Layout(var)
    layout.create_folders()
    command = (sys.executable, "-m", "shared.devkit.runner", what, "--var", str(var), *more)
    with (layout.logs / "runner.log").open("wb") as output:
        return subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )


def _wait_until_ready(runner: subprocess.Popen[bytes], var: Path, deadline_seconds: float) -> None:
    deadline = time.monotonic() + deadline_seconds
    while time.monotonic() < deadline:
        state = read_json(Layout(var).state)
        if state.get("pid") == runner.pid and state.get("ready"):
            return
        if runner.poll() is not None:
            break
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        runner.terminate()
        runner.wait(_STOP_SECONDS)
    raise NotStarted((Layout(var).logs / "runner.log").read_text(encoding="utf-8", errors="replace"))
