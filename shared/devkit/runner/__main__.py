"""`python -m shared.devkit.runner run|engines|storage --var FOLDER [--port PORT]`."""

import argparse
import subprocess
import sys
from pathlib import Path

from shared.devkit.runner.console import Console
from shared.devkit.runner.layout import Layout
from shared.devkit.runner.lock import AlreadyRunning, hold_lock
from shared.devkit.runner.offspring import Nursery
from shared.devkit.runner.ports import is_free
from shared.devkit.runner.postgres import Durability
from shared.devkit.runner.postgres_user import NoWayFound
from shared.devkit.runner.startup import start_everything, start_only_engines, survey
from shared.devkit.runner.supervisor import StartFailed, StopRequested, Supervisor

#: `engines` for tests, whose data are thrown away; `storage` for backup and restore, whose data are kept.
_ENGINES_FOR = {"engines": Durability.THROWN_AWAY, "storage": Durability.KEPT}

_ROOT_HINT = (
    "PostgreSQL refuses to run as root, and this machine offers neither user namespaces nor a usable user `nobody`. "
    "Run `make run` as a normal user."
)


class Refused(Exception):
    """Why nothing was started, in a sentence with the way out."""


def main(arguments: list[str]) -> int:
    """Run until stopped. 0 after an orderly end, 1 with a sentence when nothing could be started."""
    options = _parse(arguments)
    console = Console()
    try:
        return _run(options, console)
    except (Refused, AlreadyRunning) as refusal:
        console.plain(f"{refusal}")
    except NoWayFound:
        console.plain(_ROOT_HINT)
    return 1


def _run(options: argparse.Namespace, console: Console) -> int:
    layout = Layout(options.var.resolve())
    _check_folder(layout)
    lock = hold_lock(layout)
    if options.what == "run" and not is_free(options.port):
        other = options.port + 10
        raise Refused(f"Port {options.port} is used by another program. Try another one: make run PORT={other}")
    nursery = Nursery()
    supervisor = Supervisor(layout, console, nursery)
    try:
        surroundings = survey(layout.var, port=options.port)
        if options.what == "run":
            start_everything(supervisor, surroundings, console, nursery)
        else:
            start_only_engines(supervisor, surroundings, _ENGINES_FOR[options.what])
        supervisor.run_until_stopped()
        console.plain("\nEnding everything …")
        return 0
    except StopRequested:
        return 0
    except StartFailed as failure:
        console.warn("make run", str(failure))
        return 1
    except subprocess.CalledProcessError as failure:
        console.warn("make run", f"{failure} {failure.stderr or ''}")
        return 1
    finally:
        supervisor.stop()
        lock.close()


def _check_folder(layout: Layout) -> None:
    try:
        layout.create_folders()
    except PermissionError:
        raise Refused(
            f"{layout.var} belongs to somebody else. Use a folder of your own: make run VAR=/tmp/memo"
        ) from None


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m shared.devkit.runner")
    parser.add_argument("what", choices=["run", *_ENGINES_FOR])
    parser.add_argument("--var", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8080)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
