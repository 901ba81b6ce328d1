"""Commands of enrollment: migrate, replay, and those that look after its data."""

import argparse
import json
import os
import sys
from pathlib import Path

from services.enrollment.config import EnrollmentSettings, read_settings
from services.enrollment.operations.roles import assign_role_by_email
from services.enrollment.seed.demo import load_demo
from services.enrollment.tasks.inbound import HANDLERS
from services.enrollment.worker import make_worker
from shared.kernel.actor import Role
from shared.kernel.clock import utc_now
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent


def make_parser(resources: Resources[EnrollmentSettings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, commands = service_parser(
        resources=resources, create_worker=lambda: make_worker(resources), root=_ROOT, handlers=HANDLERS
    )
    appoint = commands.add_parser("appoint-office", help="give the programme office's role to who has this address")
    appoint.add_argument("email", help="the confirmed e-mail address of an account")
    appoint.set_defaults(command=lambda given: appoint_office(resources, email=given.email))
    demo = commands.add_parser("seed-demo", help="load the demo programme from standard input; safe to repeat")
    demo.set_defaults(command=lambda _: run_demo(resources))
    return parser


def appoint_office(resources: Resources[EnrollmentSettings], *, email: str) -> None:
    """Give the office's role, which nobody has on the first day, or a new one after all are lost."""
    with resources.database.transaction() as session:
        assign_role_by_email(session, email=email, role=Role.OFFICE, now=utc_now())
    sys.stdout.write("done; the role counts once the person has a second step\n")


def run_demo(resources: Resources[EnrollmentSettings]) -> None:
    """Load the demo programme; the last line of output holds the sign-in slips, readable this once."""
    issued = load_demo(resources, json.load(sys.stdin))
    sys.stdout.write(f"{json.dumps(issued, ensure_ascii=False)}\n")


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
