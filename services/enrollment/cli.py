"""Commands of enrollment: migrate, relay, replay, and those that look after its data."""

import argparse
import os
from pathlib import Path

from services.enrollment.config import EnrollmentSettings, read_settings
from services.enrollment.tasks.inbound import HANDLERS
from services.enrollment.worker import make_worker
from shared.resources import Resources
from shared.worker.commands import run_command, service_parser

_ROOT = Path(__file__).parent


def make_parser(resources: Resources[EnrollmentSettings]) -> argparse.ArgumentParser:
    """All commands of this service."""
    parser, _commands = service_parser(
        resources=resources, create_worker=lambda: make_worker(resources), root=_ROOT, handlers=HANDLERS
    )
    return parser


if __name__ == "__main__":
    own_resources = Resources(read_settings(os.environ))
    run_command(make_parser(own_resources), own_resources)
