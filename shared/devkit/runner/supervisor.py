"""Starts processes, reads what they say, restarts those that fall, ends all of them. One thread, one loop."""

import os
import selectors
import signal
import socket
import time
from pathlib import Path
from types import FrameType

from shared.devkit.runner.alarms import Alarms
from shared.devkit.runner.console import Console
from shared.devkit.runner.layout import Layout, write_json
from shared.devkit.runner.linux import become_subreaper, end_strays
from shared.devkit.runner.logs import LogFile
from shared.devkit.runner.offspring import Nursery
from shared.devkit.runner.process import Kind, ManagedProcess, ProcessSpec, describe_exit

_READ_BYTES = 65_536
_IDLE_SECONDS = 30.0


class StartFailed(Exception):
    """Something did not come up; the text says what, and where to look."""


class StopRequested(Exception):
    """The person pressed Ctrl-C, or somebody sent SIGTERM, while we were still starting."""


class Supervisor:
    """Owns the processes of one `var/`, in the order in which they were started."""

    def __init__(self, layout: Layout, console: Console, nursery: Nursery) -> None:
        self._layout = layout
        self._nursery = nursery
        self._console = console
        self._processes: list[ManagedProcess] = []
        self._groups: list[list[ManagedProcess]] = []
        self._facts: dict[str, object] = {}
        self._is_stopping = False
        self._stop_requests = 0
        self._selector = selectors.DefaultSelector()
        self._listen_for_signals()
        become_subreaper()

    def start_group(self, specs: list[ProcessSpec], *, deadline_seconds: float = 60.0) -> None:
        """Start these at once and return when all are ready. Raises StartFailed, or StopRequested."""
        waiting = [self._add(spec) for spec in specs]
        self._groups.append(waiting)
        for process in waiting:
            self._start(process)
        deadline = time.monotonic() + deadline_seconds
        while waiting:
            self._turn(0.02)
            self._raise_if_asked_to_stop()
            waiting = [process for process in waiting if process.pid is None or not process.spec.is_ready()]
            if waiting and time.monotonic() > deadline:
                names = ", ".join(process.spec.name for process in waiting)
                raise StartFailed(f"{names} did not become ready; see {self._layout.logs}")

    def run_jobs(self, specs: list[ProcessSpec]) -> None:
        """Run these side by side to their end. Raises StartFailed when one does not succeed, or StopRequested."""
        jobs = [self._add(spec) for spec in specs]
        for job in jobs:
            self._start(job)
        while any(job.pid is not None for job in jobs):
            self._turn(0.05)
            self._raise_if_asked_to_stop()
        for job in jobs:
            self._forget(job)
            if job.popen and job.popen.returncode != 0:
                name = job.spec.name
                raise StartFailed(f"{name} {describe_exit(job.popen.returncode)}; see {self._log_path(name)}")

    def renew(self, names: set[str]) -> None:
        """End these kindly and start them again, because they have grown at work that will not come back."""
        renewed = [process for process in self._processes if process.spec.name in names]
        for process in renewed:
            process.is_renewed = True
            process.signal(process.spec.stop_signal)
        for process in renewed:
            self._wait_for_end(process)
            self._start(process)
            process.is_renewed = False

    def run_until_stopped(self) -> None:
        """Keep everything running until Ctrl-C or SIGTERM."""
        while not self._stop_requests:
            self._turn(_IDLE_SECONDS)

    def stop(self) -> None:
        """End group by group, the last one first, each kindly; a second Ctrl-C ends the patience."""
        self._is_stopping = True
        for process in self._processes:
            process.next_start = None
        jobs = [process for process in self._processes if process.spec.kind is Kind.JOB]
        for group in [jobs, *reversed(self._groups)]:
            for process in group:
                process.signal(process.spec.stop_signal)
            for process in group:
                self._wait_for_end(process)
        for process in self._processes:
            process.log.close()
        end_strays(set())
        self._layout.state.unlink(missing_ok=True)

    def publish(self, **facts: object) -> None:
        """Write facts about the whole beside the list of processes, for tests and for a second runner."""
        self._facts |= facts
        self._write_state()

    def _add(self, spec: ProcessSpec) -> ManagedProcess:
        path = self._log_path(spec.name)
        process = ManagedProcess(spec=spec, log=LogFile(path), alarms=Alarms(path))
        self._processes.append(process)
        return process

    def _forget(self, process: ManagedProcess) -> None:
        process.log.close()
        self._processes.remove(process)
        self._write_state()

    def _start(self, process: ManagedProcess) -> None:
        process.start(self._nursery.start)
        if process.popen and process.popen.stdout:
            self._selector.register(process.popen.stdout, selectors.EVENT_READ, process)
        self._write_state()

    def _turn(self, longest_wait: float) -> None:
        """One round: read what was written, notice who ended, start whose pause is over."""
        for key, _ in self._selector.select(self._time_to_wait(longest_wait)):
            if isinstance(key.data, ManagedProcess):
                self._read(key.data)
            else:
                self._wakeup.recv(_READ_BYTES)
        for process in list(self._processes):
            if process.popen and process.next_start is None and process.popen.returncode is None:
                self._notice_end(process)
            elif process.next_start is not None and process.next_start <= time.monotonic():
                self._start(process)
                self._console.say(process.spec.name, f"started again (pid {process.pid})")

    def _time_to_wait(self, longest: float) -> float:
        due = [process.next_start for process in self._processes if process.next_start is not None]
        return max(0.0, min([longest, *(at - time.monotonic() for at in due)]))

    def _read(self, process: ManagedProcess) -> None:
        if process.popen is None or process.popen.stdout is None:
            return
        chunk = process.popen.stdout.read(_READ_BYTES)
        if chunk == b"":
            self._selector.unregister(process.popen.stdout)
            process.popen.stdout.close()
        *lines, process.unread = (process.unread + (chunk or b"")).split(b"\n")
        for line in lines:
            process.log.write(line + b"\n")
            if process.spec.alarm.search(line) and not self._is_stopping:
                self._raise_alarm(process, line)

    def _raise_alarm(self, process: ManagedProcess, line: bytes) -> None:
        words = process.alarms.words_for(line)
        if words:
            self._console.warn(process.spec.name, words)

    def _notice_end(self, process: ManagedProcess) -> None:
        popen = process.popen
        if popen is None or popen.poll() is None:
            return
        self._drain(process)
        process.clear_up()
        end_strays({other.popen.pid for other in self._processes if other.popen})
        if process.spec.kind is Kind.JOB or self._is_stopping or process.is_renewed:
            return
        pause = process.plan_restart()
        self._write_state()
        name = process.spec.name
        message = f"{describe_exit(popen.returncode)}; starting it again in {pause:g} s"
        self._console.warn(name, f"{message} (log: {self._log_path(name)})")

    def _drain(self, process: ManagedProcess) -> None:
        if process.popen and process.popen.stdout and not process.popen.stdout.closed:
            self._read(process)
            if not process.popen.stdout.closed:
                self._selector.unregister(process.popen.stdout)
                process.popen.stdout.close()

    def _wait_for_end(self, process: ManagedProcess) -> None:
        deadline = time.monotonic() + process.spec.grace_seconds
        while process.pid is not None:
            if time.monotonic() > deadline or self._stop_requests > 1:
                process.clear_up()
                process.signal(signal.SIGKILL)
            self._turn(0.05)
        process.clear_up()

    def _raise_if_asked_to_stop(self) -> None:
        if self._stop_requests:
            raise StopRequested

    def _listen_for_signals(self) -> None:
        self._wakeup, writer = socket.socketpair()
        self._wakeup.setblocking(False)
        writer.setblocking(False)
        self._writer = writer
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        self._selector.register(self._wakeup, selectors.EVENT_READ, None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._request_stop)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def _request_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_requests += 1

    def _log_path(self, name: str) -> Path:
        return self._layout.logs / f"{name}.log"

    def _write_state(self) -> None:
        processes = {
            process.spec.name: {
                "pid": process.pid,
                "port": process.spec.port,
                "restarts": process.restarts,
                "log": str(self._log_path(process.spec.name)),
            }
            for process in self._processes
        }
        write_json(self._layout.state, {"pid": os.getpid(), **self._facts, "processes": processes})
