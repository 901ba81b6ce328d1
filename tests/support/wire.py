"""Two services on the wire: relays and workers as real processes, databases and a broker of the test's own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from celery import Celery
from sqlalchemy.orm import Session

from shared.contracts.enrollment import PersonChanged
from shared.contracts.services import Service
from shared.db import Database
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.messaging import outbox
from shared.messaging.names import Lane
from shared.worker.factory import queue

_ROOT = Path(__file__).resolve().parents[2]

#: Notes each time a message is dealt with, and makes work on people of one name take long enough to be killed in it.
_WATCH = """
CREATE TABLE handled (message_id uuid NOT NULL);
CREATE FUNCTION note_handled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN INSERT INTO handled VALUES (NEW.id); RETURN NEW; END $$;
CREATE TRIGGER note_handled AFTER UPDATE OF outcome ON inbox_message
FOR EACH ROW WHEN (NEW.outcome = 'handled') EXECUTE FUNCTION note_handled();
CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(4); RETURN NEW; END $$;
CREATE TRIGGER take_long BEFORE INSERT ON person_copy
FOR EACH ROW WHEN (NEW.full_name = 'Slow') EXECUTE FUNCTION take_long();
"""


def wait_until(is_true: Callable[[], Any], *, seconds: float = 60.0) -> None:
    """Wait for what processes do by themselves."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


class Wire:
    """Enrollment tells, coursework hears. Processes are named `enrollment relay`, `coursework worker` …"""

    def __init__(self, *, environments: dict[Service, dict[str, str]], broker: Celery, log: Path) -> None:
        self._environments = environments
        self._broker = broker
        self._log = log
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self.producer = Database(environments[Service.ENROLLMENT]["MEMO_DATABASE_URL"])
        self.consumer = Database(environments[Service.COURSEWORK]["MEMO_DATABASE_URL"])
        with self.consumer.transaction() as session:
            session.execute(sa.text(_WATCH))
        self.purge()

    def start(self, *names: str) -> None:
        """Start processes that do not run yet."""
        for name in names:
            if name in self._running:
                continue
            service, _, kind = name.partition(" ")
            module = {
                "relay": ("shared.worker.relay", f"services.{service}.config"),
                "worker": (f"services.{service}.worker",),
            }[kind]
            with self._log.open("ab") as output:
                self._running[name] = subprocess.Popen(
                    [sys.executable, "-m", *module],
                    cwd=_ROOT,
                    env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **self._environments[Service(service)]},
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )

    def kill(self, name: str) -> None:
        """kill -9, the process and whatever it has forked."""
        process = self._running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self, name: str) -> None:
        """Ask it to end, as the runner does."""
        process = self._running.pop(name)
        process.terminate()
        process.wait(30)

    def purge(self) -> int:
        """Empty every queue of the broker, as a broker that lost its disk would be. How many messages were lost."""
        lost = 0
        with self._broker.connection_for_write() as connection:
            for service in Service:
                for lane in Lane:
                    bound = queue(service, lane)(connection.default_channel)
                    bound.declare()
                    lost += bound.purge()
        return lost

    def close(self) -> None:
        """End everything."""
        for name in list(self._running):
            self.kill(name)
        self.purge()
        self.producer.dispose()
        self.consumer.dispose()

    def tell(self, *names: str) -> list[UUID]:
        """Say in one transaction that people of these names are new. Their ids."""
        person_ids = [new_id() for _ in names]
        with self.producer.transaction() as session:
            for person_id, name in zip(person_ids, names, strict=True):
                event = PersonChanged(
                    person_id=person_id, full_name=name, language="de", session_version=1, is_active=True, roles=()
                )
                outbox.append(session, event, now=utc_now())
        return person_ids

    def count(self, column: str, person_ids: Iterable[UUID]) -> int:
        """How many messages about these people to coursework have reached a stage: `published_at` or `received_at`."""
        return self._number(
            self.producer,
            f"SELECT count(*) FROM outbox_message WHERE {column} IS NOT NULL AND destination = 'coursework'"
            " AND subject_id = ANY(:ids)",
            ids=list(person_ids),
        )

    def known(self, person_ids: Iterable[UUID]) -> int:
        """How many of these people coursework knows."""
        return self._number(
            self.consumer, "SELECT count(*) FROM person_copy WHERE person_id = ANY(:ids)", ids=list(person_ids)
        )

    def handled(self, person_ids: Iterable[UUID]) -> list[int]:
        """How often the message about each of these people has had its effect, in no order."""
        with self.producer.reading() as session:
            messages = self._messages(session, person_ids)
        with self.consumer.reading() as session:
            rows = session.execute(
                sa.text("SELECT count(*) FROM handled WHERE message_id = ANY(:ids) GROUP BY message_id"),
                {"ids": messages},
            )
            return [row[0] for row in rows]

    def is_at_work(self) -> bool:
        """Whether the worker is in the middle of the work that takes long."""
        return bool(
            self._number(
                self.consumer,
                "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
            )
        )

    def pass_thirty_seconds(self) -> None:
        """What has no receipt is due again, as it is after half a minute."""
        with self.producer.transaction() as session:
            session.execute(sa.text("UPDATE outbox_message SET available_at = now() WHERE received_at IS NULL"))
            session.execute(sa.text("SELECT pg_notify('memo_outbox', '')"))

    def _messages(self, session: Session, person_ids: Iterable[UUID]) -> list[UUID]:
        return list(
            session.scalars(
                sa.text("SELECT id FROM outbox_message WHERE destination = 'coursework' AND subject_id = ANY(:ids)"),
                {"ids": list(person_ids)},
            )
        )

    def _number(self, database: Database, statement: str, **values: Any) -> int:
        with database.reading() as session:
            return int(session.execute(sa.text(statement), values).scalar_one())
