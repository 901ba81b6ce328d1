"""The runner's promises about the processes it owns: restarted, logged, ended, nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.devkit.runner.layout import ROOT, Layout, read_json

_PROGRAM = """
import signal, sys
from pathlib import Path
from shared.devkit.runner.console import Console
from shared.devkit.runner.layout import Layout
from shared.devkit.runner.offspring import Nursery
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.supervisor import Supervisor

layout = Layout(Path(sys.argv[1]))
layout.create_folders()
supervisor = Supervisor(layout, Console(), Nursery())
child = "import subprocess as s, time; print(s.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
spec = ProcessSpec(name="child", command=(sys.executable, "-c", child), environment={"PATH": "/usr/bin:/bin"})
supervisor.start_group([spec])
supervisor.publish(ready=True)
supervisor.run_until_stopped()
supervisor.stop()
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path)


@pytest.fixture
def runner(layout: Layout) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", _PROGRAM, str(layout.var)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    _wait_for(lambda: read_json(layout.state).get("ready") and _grandchildren(layout))
    yield process
    process.kill()
    process.communicate()


def test_a_killed_process_comes_back_and_is_named(runner: subprocess.Popen[str], layout: Layout) -> None:
    first = _pid(layout)
    os.kill(first, signal.SIGKILL)
    _wait_for(lambda: _pid(layout) not in (None, first))
    runner.terminate()
    output, _ = runner.communicate(timeout=20)
    assert "child" in output
    assert "ended by SIGKILL" in output
    assert "started again" in output


def test_what_a_killed_process_leaves_behind_is_ended(runner: subprocess.Popen[str], layout: Layout) -> None:
    stray = _grandchildren(layout)[0]
    os.kill(_pid(layout), signal.SIGKILL)
    _wait_for(lambda: not _is_alive(stray))


def test_ending_the_runner_ends_everything_and_removes_the_list(runner: subprocess.Popen[str], layout: Layout) -> None:
    pids = [_pid(layout), *_grandchildren(layout)]
    runner.terminate()
    assert runner.wait(timeout=20) == 0
    assert not any(map(_is_alive, pids))
    assert not layout.state.exists()


def test_a_killed_runner_takes_its_processes_with_it(runner: subprocess.Popen[str], layout: Layout) -> None:
    child, grandchild = _pid(layout), _grandchildren(layout)[0]
    runner.kill()
    _wait_for(lambda: not _is_alive(child))
    os.kill(grandchild, signal.SIGKILL)


def _pid(layout: Layout) -> int:
    pid = read_json(layout.state).get("processes", {}).get("child", {}).get("pid")
    return pid if pid is None else int(pid)


def _grandchildren(layout: Layout) -> list[int]:
    log = layout.logs / "child.log"
    return [int(line) for line in log.read_text(encoding="utf-8").split()] if log.exists() else []


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _wait_for(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
