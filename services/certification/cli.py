"""Commands of certification: migrate, replay, and looking after the issuance log."""

import argparse
import json
import os
import sys
from pathlib import Path

from services.certification.config import CertificationSettings, read_settings
from services.certification.operations import log
from services.certification.operations.seals import seal_of
from services.certification.seed.demo import load_demo
from services.certification.tasks.inbound import HANDLERS
from services.certification.worker import make_worker
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent


def check_log(resources: Resources[CertificationSettings]) -> None:
    """Print the positions of broken lines of the issuance log; end with status 1 where there are any."""
    with resources.database.reading() as session:
        broken = list(log.broken_lines(session))
    sys.stdout.write("".join(f"line {position} does not follow from the line before\n" for position in broken))
    if broken:
        raise SystemExit(1)
    sys.stdout.write("every line of the issuance log follows from the line before\n")


def make_parser(resources: Resources[CertificationSettings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, commands = service_parser(
        resources=resources, create_worker=lambda: make_worker(resources), root=_ROOT, handlers=HANDLERS
    )
    check = commands.add_parser("check-log", help="check that every line of the issuance log follows from the last")
    check.set_defaults(command=lambda _: check_log(resources))
    demo = commands.add_parser("seed-demo", help="load the demo programme from standard input; safe to repeat")
    demo.set_defaults(command=lambda _: load_demo(resources, seal_of(resources.settings), json.load(sys.stdin)))
    return parser


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
