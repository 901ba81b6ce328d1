"""Saves the data of one `var/` into a dated folder, and fills an empty `var/` from such a folder.

A backup holds the three databases (`pg_dump`), every document of the three buckets with its content type, the keys,
the secrets and the mails. The queues are not in it: what was under way is sent again from the outbox.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from shared.contracts.services import Service
from shared.devkit.platform import start_storage
from shared.devkit.runner.environment import service_environment
from shared.devkit.runner.layout import Layout, read_json, write_json
from shared.devkit.runner.lock import AlreadyRunning, hold_lock
from shared.devkit.runner.postgres import Postgres, programs
from shared.devkit.runner.postgres_user import PostgresWay
from shared.devkit.runner.surroundings import Surroundings
from shared.documents import Documents

_FOLDERS = ("keys", "mailbox", "demo")


class Refused(Exception):
    """Why nothing was saved or restored, with the way out."""


def save(var: Path, target: Path) -> Path:
    """Write a backup of `var` below `target` and return its folder. The platform may run meanwhile. Raises Refused."""
    layout = Layout(var.resolve())
    if not layout.secrets.exists():
        raise Refused(f"{layout.var} holds no data yet")
    folder = target / f"{datetime.now(UTC):%Y-%m-%dT%H-%M-%S}"
    unfinished = target / f".{folder.name}"
    unfinished.mkdir(parents=True, mode=0o700)
    with ExitStack() as stack:
        if not _is_running(layout):
            stack.enter_context(start_storage(layout.var))
        environments = _environments(layout)
        for service, environment in environments.items():
            _dump_database(environment, unfinished / f"{service}.dump")
            _save_documents(_documents(environment), unfinished / "documents" / service)
    for name in _FOLDERS:
        shutil.copytree(layout.var / name, unfinished / name, dirs_exist_ok=True)
    shutil.copy2(layout.secrets, unfinished / layout.secrets.name)
    unfinished.rename(folder)
    return folder


def restore(folder: Path, var: Path) -> None:
    """Fill an empty `var` from a backup; `make run` then starts it and migrates what is newer. Raises Refused."""
    layout = Layout(var.resolve())
    if not (folder / layout.secrets.name).exists():
        raise Refused(f"{folder} is no backup: it lacks {layout.secrets.name}")
    if layout.var.exists() and any(layout.var.iterdir()):
        raise Refused(f"{layout.var} is not empty. Name another folder: make restore VAR=/tmp/memo FROM={folder}")
    layout.create_folders()
    shutil.copy2(folder / layout.secrets.name, layout.secrets)
    for name in _FOLDERS:
        shutil.copytree(folder / name, layout.var / name, dirs_exist_ok=True)
    marker_bytes = layout.demo_marker.read_bytes() if layout.demo_marker.exists() else None
    with start_storage(layout.var):
        for service, environment in _environments(layout).items():
            _restore_database(environment, folder / f"{service}.dump")
            _restore_documents(_documents(environment), folder / "documents" / service)
    if marker_bytes is not None:
        layout.demo_marker.write_bytes(marker_bytes)


def _is_running(layout: Layout) -> bool:
    try:
        hold_lock(layout).close()
    except AlreadyRunning:
        return True
    return False


def _environments(layout: Layout) -> dict[Service, dict[str, str]]:
    """The settings of each service on the ports that its engines have now."""
    surroundings = Surroundings(
        layout=layout,
        ports={name: int(port) for name, port in read_json(layout.ports).items()},
        secrets=read_json(layout.secrets),
        gateway_port=8080,
    )
    postgres = Postgres(surroundings, PostgresWay(programs=programs(), data=layout.postgres))
    return {s: service_environment(s, surroundings=surroundings, postgres=postgres) for s in Service}


def _documents(environment: Mapping[str, str]) -> Documents:
    return Documents(
        endpoint_url=environment["MEMO_S3_ENDPOINT_URL"],
        public_url=environment["MEMO_S3_PUBLIC_URL"],
        access_key=environment["MEMO_S3_ACCESS_KEY"],
        secret_key=environment["MEMO_S3_SECRET_KEY"],
        region=environment["MEMO_S3_REGION"],
        bucket=environment["MEMO_S3_BUCKET"],
    )


def _dump_database(environment: Mapping[str, str], file: Path) -> None:
    url = environment["MEMO_DATABASE_URL"].replace("+psycopg", "")
    _run("pg_dump", "--format=custom", f"--file={file}", f"--dbname={url}")


def _restore_database(environment: Mapping[str, str], file: Path) -> None:
    url = environment["MEMO_DATABASE_URL"].replace("+psycopg", "")
    _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={url}", str(file))


def _run(name: str, *arguments: str) -> None:
    done = subprocess.run([str(programs() / name), *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"{name}: {done.stderr.strip()}")


def _save_documents(documents: Documents, folder: Path) -> None:
    folder.mkdir(parents=True)
    types = {}
    for key in documents.keys():  # noqa: SIM118 (a method that asks S3, not a mapping)
        described = documents.head(key)
        types[key] = described.content_type if described else ""
        (folder / quote(key, safe="")).write_bytes(documents.get(key))
    write_json(folder / ".types", types)


def _restore_documents(documents: Documents, folder: Path) -> None:
    types = json.loads((folder / ".types").read_text(encoding="utf-8"))
    for file in folder.iterdir():
        if file.name != ".types":
            key = unquote(file.name)
            documents.put(key, file.read_bytes(), content_type=types[key])


def main(arguments: list[str]) -> int:
    """0 when it is done, 1 after a sentence."""
    parser = argparse.ArgumentParser(prog="python -m shared.devkit.backup")
    commands = parser.add_subparsers(dest="what", required=True)
    for name, other in (("save", "--to"), ("restore", "--from")):
        command = commands.add_parser(name)
        command.add_argument("--var", type=Path, required=True)
        command.add_argument(other, type=Path, required=True, dest="folder")
    options = parser.parse_args(arguments)
    try:
        if options.what == "save":
            print(f"Saved to {save(options.var, options.folder)}")
        else:
            restore(options.folder, options.var)
            print(f"Restored. Start it: make run VAR={options.var}")
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
