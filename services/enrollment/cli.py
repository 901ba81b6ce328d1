"""Commands of enrollment: migrate, relay, replay, and those that look after its data."""

import argparse
import json
import os
import sys
from pathlib import Path

from services.enrollment.config import EnrollmentSettings, read_settings
from services.enrollment.seed.demo import load_demo
from services.enrollment.tasks.inbound import HANDLERS
from services.enrollment.worker import make_worker
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent


def make_parser(resources: Resources[EnrollmentSettings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, commands = service_parser(
        resources=resources, create_worker=lambda: make_worker(resources), root=_ROOT, handlers=HANDLERS
    )
    demo = commands.add_parser("seed-demo", help="load the demo programme from standard input; safe to repeat")
    demo.set_defaults(command=lambda _: run_demo(resources))
    return parser


def run_demo(resources: Resources[EnrollmentSettings]) -> None:
    """Load the demo programme; the last line of output holds the sign-in slips, readable this once."""
    issued = load_demo(resources, json.load(sys.stdin))
    sys.stdout.write(f"{json.dumps(issued, ensure_ascii=False)}\n")


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
