"""The platform that is measured, what stands beside it, and the settings of its services."""

import contextlib
import importlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import Target
from shared.contracts.services import Service
from shared.devkit.platform import Platform, start_platform
from shared.devkit.runner import services
from shared.devkit.runner.environment import service_environment
from shared.devkit.runner.layout import ROOT, Layout, read_json
from shared.devkit.runner.postgres import Postgres
from shared.devkit.runner.surroundings import Surroundings
from shared.resources import Resources


@dataclass(frozen=True)
class Stage:
    """A running platform with the demo programme, and a bare Flask app behind the same server settings."""

    platform: Platform
    environments: dict[Service, dict[str, str]]
    bare: Target

    def origin(self, service: Service) -> str:
        """The service's own address: the gateway in front would hide part of the difference."""
        return f"http://127.0.0.1:{self.platform.port(f'{service}-web')}"

    def resources(self, service: Service) -> Resources[Any]:
        """Connections of this process to what the service uses."""
        config = importlib.import_module(f"services.{service}.config")
        return Resources(config.read_settings(self.environments[service] | {"MEMO_LOG_LEVEL": "ERROR"}))


@contextmanager
def folder_for(kept: Path | None) -> Iterator[Path]:
    """The folder that is asked for, or one that is thrown away."""
    if kept is not None:
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="memo-bench-") as folder:
        yield Path(folder)


@contextmanager
def set_stage(var: Path) -> Iterator[Stage]:
    """Start everything in this folder, and end it again."""
    port = free_port()
    with start_platform(var, port) as platform:
        surroundings = found_surroundings(var, port)
        postgres = Postgres.prepare(surroundings)
        environments = {s: service_environment(s, surroundings=surroundings, postgres=postgres) for s in Service}
        command = services.web(Service.ENROLLMENT, surroundings=surroundings, postgres=postgres).command
        with bare_app(command) as bare:
            yield Stage(platform, environments, bare)


def found_surroundings(var: Path, port: int) -> Surroundings:
    """What the running platform has chosen for itself."""
    layout = Layout(var)
    return Surroundings(
        layout=layout, ports=read_json(layout.ports), secrets=read_json(layout.secrets), gateway_port=port
    )


@contextmanager
def bare_app(command: tuple[str, ...]) -> Iterator[Target]:
    """`bench.bare` under the command of a service's web process: only the port and the app are others."""
    port = free_port()
    own = [*command[:-1], "bench.bare:create_app"]
    own[own.index("--port") + 1] = str(port)
    url = f"http://127.0.0.1:{port}/"
    with running(own):
        _wait_for(url)
        yield Target("bare answer", url, {})


@contextmanager
def running(command: list[str], **environment: str) -> Iterator[None]:
    """A process beside the platform, ended with the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={"PATH": str(Path(sys.executable).parent), **environment} if environment else None,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
