"""Setting up repeats what changed and nothing else, and says what to do where it cannot go on."""

import importlib.util
import os
from pathlib import Path

import pytest

from shared.devkit.setup import packages
from shared.devkit.setup.packages import ensure_packages
from shared.devkit.setup.progress import StepFailed, run
from shared.devkit.setup.stamps import fingerprint, is_current, set_stamp


def test_a_step_is_repeated_when_a_file_has_changed(tmp_path: Path) -> None:
    source, stamp = tmp_path / "lock.txt", tmp_path / "stamps" / "lock"
    source.write_text("a==1")
    set_stamp(stamp, fingerprint([source]))
    assert is_current(stamp, fingerprint([source]))
    source.write_text("a==2")
    assert not is_current(stamp, fingerprint([source]))


def test_what_was_installed_for_tests_is_enough_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "requirements").mkdir()
    for name in ("build", "run", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(name)
    installed: list[str] = []
    monkeypatch.setattr(packages, "run", lambda command: None)
    monkeypatch.setattr(packages, "_install", lambda root, venv, lock: installed.append(lock))
    for lock in ("test", "run", "test"):
        ensure_packages(root=tmp_path, venv=tmp_path / "venv", lock=lock)
        (tmp_path / "venv").mkdir(exist_ok=True)
    assert installed == ["test"]


def test_a_python_without_venv_names_the_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (tmp_path / "requirements").mkdir()
    for name in ("build", "run", "test"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    with pytest.raises(StepFailed, match=r"sudo apt-get install -y python3\.\d+-venv"):
        ensure_packages(root=tmp_path, venv=tmp_path / "venv", lock="run")


def test_a_program_that_fails_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="no-such-file"):
        run(["ls", str(tmp_path / "no-such-file")])
