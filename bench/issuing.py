"""`python -m bench.issuing`: certificates per second from the office's click to the last row, with two workers.

Everything is real: engines, migrations, relay, broker, worker processes. A batch is started as the page starts it; the
clock runs until its last item is done. Documents follow later on a queue of their own, unless a batch takes longer.
Processor time is told by kind of process, for seconds on the clock say more of who else is on the machine.
`--kill` ends a worker with SIGKILL in the middle and counts afterwards.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.cpu import processor_seconds, wait_until_idle
from services.certification.config import read_settings
from services.certification.models import LevelCompletion, LevelCopy, PersonCopy, RunCopy
from services.certification.operations import batches
from shared.contracts.services import Service
from shared.devkit.platform import start_engines
from shared.devkit.runner.layout import ROOT
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.resources import Resources

_WORKERS = 2
_PATIENCE_SECONDS = 600.0
_DATABASE = "bench_issuing"


def main() -> None:
    """Prepare, start, wait, count, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.issuing")
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--kill", action="store_true", help="kill a worker in the middle, and start another one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="memo-bench-") as folder, start_engines(Path(folder)) as engines:
        environment = _environment(engines)
        subprocess.run([sys.executable, "-m", "services.certification.cli", "migrate"], env=environment, check=True)
        resources = Resources(read_settings(environment))
        run_id = _prepare(resources, given.count)
        with _processes(environment) as workers:
            before = processor_seconds()
            batch_id, seconds = _measure(resources, run_id, environment, workers if given.kill else None)
            used = processor_seconds() - before
        if not given.kill:  # What the killed worker used has gone with it.
            _print_processor_time(used, given.count)
        _print(resources, batch_id, given.count, seconds)
        resources.database.dispose()


def _environment(engines: Any) -> dict[str, str]:
    with psycopg.connect(engines.superuser_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_DATABASE}")
    given: dict[str, str] = engines.environment(Service.CERTIFICATION)
    url = sa.make_url(engines.superuser_url).set(drivername="postgresql+psycopg", database=_DATABASE)
    own = {"MEMO_DATABASE_URL": url.render_as_string(hide_password=False), "MEMO_LOG_LEVEL": "ERROR"}
    return {**os.environ, **given, **own, "PYTHONPATH": str(ROOT)}


def _prepare(resources: Resources[Any], count: int) -> UUID:
    """One level, one course, and people with both facts."""
    run_id = new_id()
    modules = [{"code": f"m{n}", "title": f"Workshop {n}", "units": 8, "position": n} for n in range(1, 7)]
    people = [new_id() for _ in range(count)]
    with resources.database.transaction() as session:
        session.add(LevelCopy(level_id=new_id(), code="grundkurs", title="Grundkurs", position=1, modules=modules))
        session.add(
            RunCopy(
                run_id=run_id,
                level_code="grundkurs",
                title="Grundkurs",
                town="Reutlingen",
                carrier_name="Haus der Vielfalt",
                starts_on=date(2026, 9, 5),
                ends_on=date(2026, 11, 14),
            )
        )
        session.execute(sa.insert(PersonCopy), [_person(person_id, n) for n, person_id in enumerate(people)])
        session.execute(sa.insert(LevelCompletion), [_completion(person_id, run_id) for person_id in people])
    return run_id


def _person(person_id: UUID, number: int) -> dict[str, Any]:
    named = {"person_id": person_id, "full_name": f"Şükrü Özdoğan {number}", "language": "de"}
    return {**named, "session_version": 1, "is_active": True, "roles": []}


def _completion(person_id: UUID, run_id: UUID) -> dict[str, Any]:
    place = {"place_id": new_id(), "run_id": run_id, "person_id": person_id, "level_code": "grundkurs"}
    attended = {"attendance_completed_on": date(2026, 11, 14), "units_attended": 48, "units_offered": 48}
    return {**place, **attended, "passed_on": date(2026, 11, 14), "quizzes_passed": 6, "assignments_accepted": 6}


@contextmanager
def _processes(environment: dict[str, str]) -> Iterator[list["subprocess.Popen[bytes]"]]:
    with ExitStack() as stack:
        relay = ("shared.worker.relay", "services.certification.config")
        started = [_start(environment, *relay), *(_worker(environment) for _ in range(_WORKERS))]
        stack.callback(_end_all, started)
        wait_until_idle("workers")  # Loading is no part of what is measured.
        yield started


def _end_all(started: list["subprocess.Popen[bytes]"]) -> None:
    for process in started:
        _end(process)


def _worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return _start(environment, "services.certification.worker")


def _start(environment: dict[str, str], *module: str) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, "-m", *module],
        env=environment,
        cwd=ROOT,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )


def _end(process: "subprocess.Popen[bytes]", number: int = signal.SIGTERM) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)
    process.wait(30)


def _measure(
    resources: Resources[Any],
    run_id: UUID,
    environment: dict[str, str],
    victims: list["subprocess.Popen[bytes]"] | None,
) -> tuple[UUID, float]:
    started = time.monotonic()
    with resources.database.transaction() as session:
        batch = batches.start_batch(session, actor=SYSTEM, title="Bench", run_id=run_id, level_code=None, now=utc_now())
    while (done := _progress(resources, batch.id)).left:
        if victims and done.done > done.total // 3:
            _end(victims[1], signal.SIGKILL)
            victims.append(_worker(environment))
            victims = None
        if time.monotonic() - started > _PATIENCE_SECONDS:
            raise SystemExit(f"{done.left} of {done.total} are left after {_PATIENCE_SECONDS:.0f} s")
        time.sleep(0.2)
    return batch.id, time.monotonic() - started


def _progress(resources: Resources[Any], batch_id: UUID) -> Any:
    with resources.database.reading() as session:
        return batches.read_progress(session, batch_ids=[batch_id])[batch_id]


def _print_processor_time(used: Counter[str], count: int) -> None:
    parts = ", ".join(f"{kind} {seconds / count * 1000:.2f}" for kind, seconds in used.most_common())
    whole = sum(used.values()) / count
    print(f"processor time in ms a certificate: {parts}; two idle cores would make {2 / whole:.0f} a second")


def _print(resources: Resources[Any], batch_id: UUID, count: int, seconds: float) -> None:
    key, document = Ed25519PrivateKey.generate(), b"x" * 5_000
    before = time.perf_counter()
    for _ in range(2_000):
        key.sign(document)
    raw = 2_000 / (time.perf_counter() - before)
    issued = _progress(resources, batch_id).issued
    questions = {
        "certificates": "SELECT count(DISTINCT person_id) FROM certificate WHERE state = 'issued'",
        "log entries": "SELECT count(*) FROM log_entry WHERE kind = 'certificate_issued'",
        "status entries": "SELECT count(*) FROM status_entry",
        "events": "SELECT count(DISTINCT event_id) FROM outbox_message WHERE type = 'certification.certificate_issued'",
    }
    with resources.database.reading() as session:
        counted = {name: session.scalar(sa.text(question)) for name, question in questions.items()}
    rate = count / seconds
    print(f"{issued} of {count} issued in {seconds:.1f} s: {rate:.0f} per second with {_WORKERS} workers")
    print(f"raw Ed25519 in one process: {raw:.0f} signatures per second ({raw / rate:.0f} times as many)")
    print(", ".join(f"{name}: {number}" for name, number in counted.items()))


if __name__ == "__main__":
    main()
