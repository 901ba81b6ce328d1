"""The runner's side of the nursery: asks for processes, and supervises what it gets."""

import os
import signal
import socket
from contextlib import suppress
from typing import IO

from shared.devkit.runner.nursery import READY, Birth
from shared.devkit.runner.process import Child, ProcessSpec
from shared.devkit.runner.surroundings import FRUGAL, Surroundings, program

_PATIENCE_SECONDS = 30.0
#: Room in the nursery's own command line, into which each child writes what it is.
_ROOM_FOR_TITLES = " " * 400


class AdoptedProcess:
    """A process that somebody else forked and that is our child now."""

    def __init__(self, pid: int, stdout: IO[bytes]) -> None:
        self.pid = pid
        self.stdout: IO[bytes] | None = stdout
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit status, negative for a signal, or None while it runs."""
        if self.returncode is None:
            try:
                ended, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                ended, status = self.pid, signal.SIGKILL
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing happens to a process that has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Nursery:
    """The channel to the nursery process, made anew whenever that is started."""

    def __init__(self) -> None:
        self._channel: socket.socket | None = None
        self._is_ready = False

    def spec(self, surroundings: Surroundings) -> ProcessSpec:
        """The nursery as a process like any other."""
        return ProcessSpec(
            name="nursery",
            command=(program("python"), "-m", "shared.devkit.runner.nursery", _ROOM_FOR_TITLES),
            environment=surroundings.environment(**FRUGAL),
            is_ready=self._hear_from_it,
            open_input=self._open_channel,
        )

    def start(self, spec: ProcessSpec) -> Child | None:
        """A forked process for `python -m …`; None for other programs, or when the nursery does not answer."""
        if self._channel is None or not self._hear_from_it() or not _can_be_forked(spec):
            return None
        reading, writing = os.pipe()
        try:
            pid = self._ask(self._channel, spec, writing)
        except OSError:
            os.close(reading)
            self._close_channel()
            return None
        finally:
            os.close(writing)
        return AdoptedProcess(pid, os.fdopen(reading, "rb", buffering=0))

    def _ask(self, channel: socket.socket, spec: ProcessSpec, output: int) -> int:
        module, *arguments = spec.command[2:]
        birth = Birth(module, arguments, dict(spec.environment), os.getpid(), int(spec.stop_signal))
        socket.send_fds(channel, [birth.encode()], [output])
        answer = channel.recv(64)
        if not answer:
            raise ConnectionResetError
        return int(answer)

    def _open_channel(self) -> int:
        """A new pair of sockets; the nursery gets one end as its standard input."""
        self._close_channel()
        self._channel, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        return other.detach()

    def _close_channel(self) -> None:
        """Without its channel the nursery ends itself, and the supervisor starts another."""
        if self._channel is not None:
            self._channel.close()
        self._channel, self._is_ready = None, False

    def _hear_from_it(self) -> bool:
        """Whether it has imported everything, after which it answers within milliseconds."""
        if self._channel is not None and not self._is_ready:
            self._channel.settimeout(0)
            with suppress(OSError):
                self._is_ready = self._channel.recv(64) == READY
            self._channel.settimeout(_PATIENCE_SECONDS)
        return self._is_ready


def _can_be_forked(spec: ProcessSpec) -> bool:
    """Whether it is a Python module, and not the nursery itself."""
    return spec.command[:2] == (program("python"), "-m") and spec.open_input is None
