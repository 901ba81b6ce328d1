"""Calls that may never return: whoever makes one waits only so long."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")
_Job = tuple["Future[Any]", Callable[[], Any]]


class CallStalls(Exception):
    """A call has not returned in time, or one before it still has not."""


class PatientLine:
    """A thread of its own through which calls go, one after another.

    A call that stalls keeps the thread and nothing else: who waits is let go after `seconds`, and those who come after
    are refused at once until the stalled call has returned. Its late result is thrown away. What a call raises of the
    `expected` errors reaches who waits.
    """

    def __init__(self, *, seconds: float, expected: tuple[type[Exception], ...]) -> None:
        self._seconds = seconds
        self._expected = expected
        self._lock = threading.Lock()
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._last: Future[Any] | None = None

    def call(self, work: Callable[[], Result]) -> Result:
        """What `work` returns or raises. Raises CallStalls."""
        if not self._lock.acquire(timeout=self._seconds):
            raise CallStalls
        try:
            if self._last is not None and not self._last.done():
                raise CallStalls
            future: Future[Result] = Future()
            self._last = future
            self._start()
            self._jobs.put((future, work))
            return self._wait_for(future)
        finally:
            self._lock.release()

    def _wait_for(self, future: "Future[Result]") -> Result:
        try:
            return future.result(self._seconds)
        except CancelledError:
            raise CallStalls from None
        except TimeoutError:
            if future.done():
                raise  # It is what the call itself has raised.
            raise CallStalls from None

    def _start(self) -> None:
        """A daemon keeps no process from ending while its call stalls; after a fork there is none, and a new one."""
        if self._thread is None or not self._thread.is_alive():
            self._jobs = SimpleQueue()
            self._thread = threading.Thread(
                target=_work_off, args=(self._jobs, self._expected), name="patient-line", daemon=True
            )
            self._thread.start()


def _work_off(jobs: "SimpleQueue[_Job]", expected: tuple[type[Exception], ...]) -> None:
    while True:
        future, work = jobs.get()
        try:
            future.set_result(work())
        except expected as error:
            future.set_exception(error)
        finally:
            future.cancel()  # Does nothing to one that is done; else the thread ends here, and nobody waits for it.
