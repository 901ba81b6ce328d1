"""What the runner keeps on disk: secrets, logs, the lock."""

import stat
from pathlib import Path

import pytest

from shared.devkit.runner.credentials import ensure_secrets
from shared.devkit.runner.layout import Layout, read_json, write_json
from shared.devkit.runner.lock import AlreadyRunning, hold_lock
from shared.devkit.runner.logs import ALARM, POSTGRES_ALARM, LogFile


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    first = ensure_secrets(file)
    assert ensure_secrets(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(set(first.values())) == len(first)
    assert all(len(value) >= 32 for value in first.values())


def test_a_secret_that_a_newer_version_needs_is_added(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    complete = ensure_secrets(file)
    write_json(file, {"broker": complete["broker"]})
    assert ensure_secrets(file)["broker"] == complete["broker"]
    assert read_json(file).keys() == complete.keys()


def test_a_second_runner_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    with hold_lock(layout):
        write_json(layout.state, {"address": "http://127.0.0.1:8080"})
        with pytest.raises(AlreadyRunning, match=r"pid \d+, http://127\.0\.0\.1:8080"):
            hold_lock(layout)
    hold_lock(layout).close()


def test_a_log_is_turned_over_before_it_grows_without_end(tmp_path: Path) -> None:
    log = LogFile(tmp_path / "web.log")
    for _ in range(16):
        log.write(b"x" * 1_000_000 + b"\n")
    log.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["web.log", "web.log.1", "web.log.2"]
    assert all(file.stat().st_size < 7_000_000 for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "line",
    [b'{"event": "x", "level": "error"}', b"[2026] [WARNING] slow", b"Traceback (most recent call last):"],
)
def test_warnings_reach_the_terminal(line: bytes) -> None:
    assert ALARM.search(line)


@pytest.mark.parametrize(
    "line",
    [b'{"event": "error page shown", "level": "info"}', b"ready"],
)
def test_everyday_lines_stay_in_the_file(line: bytes) -> None:
    assert not ALARM.search(line)


def test_a_refused_row_is_no_alarm_of_the_database() -> None:
    assert not POSTGRES_ALARM.search(b'2026-11-23 ERROR:  duplicate key value violates unique constraint "x"')
    assert POSTGRES_ALARM.search(b'2026-11-23 FATAL:  could not write lock file "postmaster.pid"')
