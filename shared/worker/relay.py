"""The relay of one service as a process: `python -m shared.worker.relay services.enrollment.config`.

It is given the name of the service's settings and loads nothing else of the service, for one runs beside every
service at all times and needs no more than a database and a broker.
"""

import os
import signal
import sys
import threading
from importlib import import_module

from shared.config import Settings
from shared.db import open_database
from shared.messaging.relay import Relay
from shared.observability.logs import configure_logs
from shared.worker.factory import create_celery
from shared.worker.sender import CelerySender


def run_relay(settings: Settings) -> None:
    """Relay until SIGTERM or SIGINT; the batch under way is finished first."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    sender = CelerySender(create_celery(settings))
    database = open_database(settings)
    Relay(producer=settings.service.value, database=database, sender=sender, stopping=stopping).run_forever()


def main(config_module: str) -> None:
    """Relay the outbox of the service whose settings these are."""
    settings = import_module(config_module).read_settings(os.environ)
    configure_logs(service=settings.service.value, process="relay", level=settings.log_level)
    run_relay(settings)


if __name__ == "__main__":
    main(sys.argv[1])
