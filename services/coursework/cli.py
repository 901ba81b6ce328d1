"""Commands of coursework: migrate, replay, seed."""

import argparse
import json
import os
import sys
from pathlib import Path

from services.coursework.config import read_settings
from services.coursework.operations.seeding import ensure_content
from services.coursework.seed.demo import load_demo
from services.coursework.tasks.inbound import HANDLERS
from services.coursework.worker import make_worker
from shared.config import Settings
from shared.kernel.clock import utc_now
from shared.observability.logs import get_logger
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent


def make_parser(resources: Resources[Settings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, commands = service_parser(
        resources=resources, create_worker=lambda: make_worker(resources), root=_ROOT, handlers=HANDLERS
    )
    seed = commands.add_parser("seed", help="bring the programme's lessons, quizzes and assignments in; safe to repeat")
    seed.set_defaults(command=lambda _: run_seed(resources))
    demo = commands.add_parser("seed-demo", help="load the demo programme from standard input; safe to repeat")
    demo.set_defaults(command=lambda _: load_demo(resources, json.load(sys.stdin)))
    return parser


def run_seed(resources: Resources[Settings]) -> None:
    """Have the content of the `seed` folder, in one transaction."""
    with resources.database.transaction() as session:
        changed = ensure_content(session, resources.documents, utc_now())
    get_logger(__name__).info("content_seeded", changed=changed)


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
