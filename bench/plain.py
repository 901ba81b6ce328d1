"""The plainest Celery task that does the same: one row in the same database. Baseline of the task round trip."""

import os

import psycopg
from celery import Celery

QUEUE = "bench.plain"

app = Celery("bench", broker=os.environ.get("MEMO_BROKER_URL", ""))
app.conf.update(task_ignore_result=True, task_default_queue=QUEUE, task_acks_late=True, worker_prefetch_multiplier=1)

_connections: list[psycopg.Connection[tuple[object, ...]]] = []


@app.task(name="bench.plain.note")
def note(key: str) -> None:
    """Write the key down."""
    if not _connections:
        url = os.environ["MEMO_DATABASE_URL"].replace("postgresql+psycopg", "postgresql")
        _connections.append(psycopg.connect(url, autocommit=True))
    _connections[0].execute("INSERT INTO bench_row (id) VALUES (%s)", (key,))
