"""Python processes from one parent that has imported the third-party packages already, so that all share that memory.

Ten processes that each import SQLAlchemy, Celery, Flask and boto3 for themselves need a gigabyte and start one after
another on two cores. Here they are forked, take on their own environment, and then do what `python -m module` does.
Our own code is imported after the fork, so a restarted process runs what is in the files now. In production every
process has a container of its own; the commands are the same. When the nursery is away, the runner starts processes in
the ordinary way.

A child is forked twice: its parent ends at once, and the kernel gives it to the runner, which is its supervisor.
"""

import gc
import json
import os
import runpy
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import import_module
from signal import Signals

from shared.devkit.runner.linux import end_with_parent, set_title

#: Imported before the first fork; a name that is not installed is left out.
_SHARED_MODULES = (
    "alembic.command",
    "apispec",
    "babel.dates",
    "boto3",
    "botocore.client",
    "celery.apps.worker",
    "celery.beat",
    "celery.bin.worker",
    "celery.concurrency.prefork",
    "celery.worker.consumer",
    "cryptography.x509",
    "flask",
    "flask_babel",
    "flask_login",
    "flask_smorest",
    "fontTools.ttLib",
    "granian.cli",
    "granian.server",
    "joserfc.jwt",
    "jsonschema_rs",
    "kombu.transport.redis",
    "openvc.openid4vci",
    "openvc.proof.sd_jwt",
    "openvc.status.issue",
    "pikepdf",
    "pkcs11",
    "prometheus_client",
    "psycopg",
    "pyhanko.sign.signers",
    "pyhanko.sign.timestamps.requests_client",
    "pyhanko.sign.validation",
    "pyoxigraph",
    "segno",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.orm",
    "structlog",
    "typst",
)
READY = b"ready"
_LARGEST_REQUEST_BYTES = 131_072
_ADOPTION_SECONDS = 5.0


@dataclass(frozen=True)
class Birth:
    """What a child is to become: `python -m module arguments` in this environment, as a child of `parent`."""

    module: str
    arguments: list[str]
    environment: dict[str, str]
    parent: int
    stop_signal: int

    def encode(self) -> bytes:
        """As it travels over the socket."""
        return json.dumps(asdict(self)).encode()


def main() -> None:
    """Serve the runner on standard input. In a forked child this returns from `_serve` and becomes that process."""
    _import_all(_SHARED_MODULES)
    gc.collect()
    gc.freeze()
    channel = socket.socket(fileno=0)
    channel.send(READY)
    birth = _serve(channel)
    if birth is not None:
        runpy.run_module(birth.module, run_name="__main__", alter_sys=True)


def _import_all(names: Iterable[str]) -> None:
    for name in names:
        with suppress(ImportError):
            import_module(name)


def _serve(channel: socket.socket) -> Birth | None:
    """Fork a child for each request; None when the runner has gone."""
    while True:
        message, descriptors, _, _ = socket.recv_fds(channel, _LARGEST_REQUEST_BYTES, 1)
        if not message:
            return None
        reading, writing = os.pipe()
        go_between = os.fork()
        if go_between == 0:
            child = os.fork()
            if child == 0:
                channel.detach()
                birth = Birth(**json.loads(message))
                _become(birth, output=descriptors[0], close=(reading, writing))
                return birth
            os.write(writing, str(child).encode())
            os._exit(0)
        # Once the go-between has ended, the child is the runner's; not before may the runner ask after it.
        os.waitpid(go_between, 0)
        with suppress(BrokenPipeError):  # The runner has gone; the next round notices.
            channel.send(os.read(reading, 64))
        for descriptor in (reading, writing, *descriptors):
            os.close(descriptor)


def _become(birth: Birth, *, output: int, close: tuple[int, ...]) -> None:
    """Take on everything that a freshly started program would have been given."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    for descriptor in (nothing, output, *close):
        os.close(descriptor)
    _wait_for_adoption(birth.parent)
    end_with_parent(Signals(birth.stop_signal), parent=birth.parent)()
    os.environ.clear()
    os.environ.update(birth.environment)
    time.tzset()
    sys.argv = [birth.module, *birth.arguments]
    set_title([sys.executable, "-m", *sys.argv])
    # A child of this child (a Celery pool, a granian worker) shares memory only as long as nobody touches it.
    os.register_at_fork(before=_settle)


def _settle() -> None:
    gc.collect()
    gc.freeze()


def _wait_for_adoption(parent: int) -> None:
    deadline = time.monotonic() + _ADOPTION_SECONDS
    while os.getppid() != parent:
        if time.monotonic() > deadline:
            os._exit(1)
        time.sleep(0.001)


if __name__ == "__main__":
    main()
