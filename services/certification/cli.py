"""Commands of certification: migrate, replay, and looking after signing keys and the trust log."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from services.certification.config import CertificationSettings, read_settings
from services.certification.domain.keys import KeyRevocationReason
from services.certification.operations import erasure, key_changes, key_register, keys, log_tree
from services.certification.operations.seals import seal_of
from services.certification.seed.demo import load_demo
from services.certification.tasks.inbound import HANDLERS
from services.certification.worker import make_worker
from shared.db import Session
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError, Unavailable
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent
#: How many certificates are read at once.
_PART = 500


def check_log(resources: Resources[CertificationSettings]) -> None:
    """Compute the trust log's tree anew and print what differs; end with status 1 where anything does."""
    with resources.database.reading() as session:
        broken = list(log_tree.broken_places(session))
    sys.stdout.write("".join(f"{place}\n" for place in broken))
    if broken:
        raise SystemExit(1)
    sys.stdout.write("entries, tree and signed heads of the trust log fit together\n")


def erase(resources: Resources[CertificationSettings], person_id: UUID) -> None:
    """Take somebody out of our copies of their certificates, and say how many there were."""
    with resources.database.transaction() as session:
        count = erasure.erase_person(
            session, actor=SYSTEM, person_id=person_id, documents=resources.documents, now=utc_now()
        )
    sys.stdout.write(f"{count} certificates bear no name any more\n")


def record_keys(resources: Resources[CertificationSettings]) -> None:
    """Record the first key of every purpose. A token that is away holds up nothing: the schedule tries again."""
    try:
        seal = seal_of(resources.settings)
        with resources.database.transaction() as session:
            keys.ensure_keys(session, seal=seal, now=utc_now())
    except Unavailable as error:
        sys.stderr.write(f"The signing keys are not recorded yet; the worker will do it: {error}\n")


def list_signing_keys(resources: Resources[CertificationSettings]) -> None:
    """Print every key with its state, then those that wait to be announced, then lists that are not published."""
    with resources.database.reading() as session:
        register = key_register.read_key_register(session, actor=SYSTEM, seal=seal_of(resources.settings))
    for key in register.keys:
        signed = "" if key.certificates is None else f"  {key.certificates} certificates"
        missing = "" if key.is_held else "  not in this keyring"
        line = f"{key.code:24} {key.purpose:12} {key.algorithm:8} {key.state:10} since {key.since:%Y-%m-%d %H:%M}"
        sys.stdout.write(f"{line}{signed}{missing}\n")
    for waiting in register.waiting:
        sys.stdout.write(f"{waiting.code:24} {waiting.purpose:12} {waiting.algorithm:8} not announced\n")
    for status_list in register.lists:
        if status_list.publication_problem:
            sys.stdout.write(f"status list {status_list.code} is not published: {status_list.publication_problem}\n")


def change_key(resources: Resources[CertificationSettings], given: argparse.Namespace) -> None:
    """Take one step in the life of a key; end with status 1 and the reason where it is refused."""
    seal = seal_of(resources.settings)
    facts: dict[str, Any] = {"actor": SYSTEM, "code": given.code, "now": utc_now()}
    steps: dict[str, Callable[[Session], object]] = {
        "announce": lambda session: key_changes.announce_key(session, seal=seal, **facts),
        "activate": lambda session: key_changes.activate_key(session, seal=seal, **facts),
        "retire": lambda session: key_changes.retire_key(session, **facts),
        "revoke": lambda session: key_changes.revoke_key(session, reason=KeyRevocationReason(given.reason), **facts),
    }
    try:
        with resources.database.transaction() as session:
            steps[given.step](session)
    except DomainError as error:
        sys.stderr.write(f"{type(error).__name__}: {', '.join(f'{k} {v}' for k, v in vars(error).items())}\n")
        raise SystemExit(1) from None
    list_signing_keys(resources)


def list_affected(resources: Resources[CertificationSettings], code: str) -> None:
    """Print the numbers of the certificates that a key has signed, the oldest first."""
    after: list[Any] | None = None
    while True:
        with resources.database.reading() as session:
            part = key_register.list_affected(session, actor=SYSTEM, code=code, after=after, limit=_PART)
        sys.stdout.write("".join(f"{certificate.number}\n" for certificate in part))
        if len(part) < _PART:
            return
        after = [part[-1].issued_at.isoformat(), str(part[-1].id)]


def _add_key_commands(commands: Any, resources: Resources[CertificationSettings]) -> None:
    """`keys list`, and one command for each step: docs/operations/keys.md."""
    steps = commands.add_parser("keys", help="look after the signing keys").add_subparsers(
        required=True, metavar="step"
    )
    listing = steps.add_parser("list", help="every key and its state")
    listing.set_defaults(command=lambda _: list_signing_keys(resources))
    meanings = {
        "announce": "tell the world of a key of the keyring before it signs",
        "activate": "let an announced key sign; the one before is retired",
        "retire": "let a key sign no more; what it has signed stays good",
        "revoke": "declare a key void, and all that it has signed",
    }
    for step, meaning in meanings.items():
        parser = steps.add_parser(step, help=meaning)
        parser.add_argument("code")
        if step == "revoke":
            parser.add_argument("--reason", required=True, choices=[reason.value for reason in KeyRevocationReason])
        parser.set_defaults(step=step, command=lambda given: change_key(resources, given))
    affected = steps.add_parser("affected", help="numbers of the certificates that a key has signed")
    affected.add_argument("code")
    affected.set_defaults(command=lambda given: list_affected(resources, given.code))


def make_parser(resources: Resources[CertificationSettings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, commands = service_parser(
        resources=resources,
        create_worker=lambda: make_worker(resources),
        root=_ROOT,
        handlers=HANDLERS,
        after_migration=lambda: record_keys(resources),
    )
    _add_key_commands(commands, resources)
    check = commands.add_parser("check-log", help="compute the tree of the trust log anew and compare")
    check.set_defaults(command=lambda _: check_log(resources))
    gone = commands.add_parser("erase-person", help="take a person out of our copies of their certificates, for ever")
    gone.add_argument("person_id", type=UUID)
    gone.set_defaults(command=lambda given: erase(resources, given.person_id))
    demo = commands.add_parser("seed-demo", help="load the demo programme from standard input; safe to repeat")
    demo.set_defaults(command=lambda _: load_demo(resources, seal_of(resources.settings), json.load(sys.stdin)))
    return parser


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
