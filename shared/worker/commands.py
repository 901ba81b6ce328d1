"""The commands that every service's `cli.py` has: migrate, replay. Each calls one function."""

import argparse
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery

from shared.contracts.event import Event
from shared.db import migrations
from shared.kernel.clock import utc_now
from shared.messaging import inbox, receipts
from shared.messaging.inbox import Handler
from shared.observability.logs import configure_logs
from shared.resources import Resources
from shared.worker.receive import receive_envelope

Command = Callable[[argparse.Namespace], None]


def service_parser(
    *,
    resources: Resources[Any],
    create_worker: Callable[[], Celery],
    root: Path,
    handlers: Mapping[type[Event], Handler],
    after_migration: Callable[[], None] = lambda: None,
) -> tuple[argparse.ArgumentParser, Any]:
    """A parser with the common commands, and its subparsers for the service's own. Set `command` on each."""
    service = resources.settings.service
    parser = argparse.ArgumentParser(prog=f"python -m services.{service}.cli")
    commands = parser.add_subparsers(required=True, metavar="command")

    migrate = commands.add_parser("migrate", help="bring the database to the newest migration")
    migrate.set_defaults(command=lambda _: _migrate(resources, root, after_migration))

    replay = commands.add_parser("replay", help="send messages again and take parked ones in again; always safe")
    replay.add_argument("--hours", type=int, default=24, help="messages of the last so many hours (24)")
    replay.set_defaults(command=lambda given: run_replay(resources, create_worker, handlers, hours=given.hours))
    return parser, commands


def _migrate(resources: Resources[Any], root: Path, after_migration: Callable[[], None]) -> None:
    migrations.upgrade(root / "migrations", url=resources.settings.database_url)
    after_migration()


def run_command(parser: argparse.ArgumentParser, resources: Resources[Any]) -> None:
    """Run what the command line asks for."""
    given = parser.parse_args()
    settings = resources.settings
    configure_logs(service=settings.service.value, process="cli", level=settings.log_level)
    given.command(given)


def run_replay(
    resources: Resources[Any],
    create_worker: Callable[[], Celery],
    handlers: Mapping[type[Event], Handler],
    *,
    hours: int,
) -> None:
    """Make sent messages pending once more, and take the parked incoming ones in again."""
    create_worker()
    now = utc_now()
    with resources.database.transaction() as session:
        receipts.send_again(session, since=now - timedelta(hours=hours), now=now)
        parked = inbox.list_parked(session)
        for envelope in parked:
            inbox.reopen(session, message_id=envelope.message_id)
    for envelope in parked:
        receive_envelope(envelope, handlers)
