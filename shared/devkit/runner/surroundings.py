"""What the runner knows about this machine and this `var/`, gathered once and handed to every part."""

import sys
from dataclasses import dataclass
from pathlib import Path

from shared.devkit.runner.layout import Layout


@dataclass(frozen=True)
class Surroundings:
    """Folders, ports and secrets. Nothing in it changes while the runner lives."""

    layout: Layout
    ports: dict[str, int]
    secrets: dict[str, str]
    gateway_port: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.gateway_port}"

    def environment(self, **more: str) -> dict[str, str]:
        """The environment every process gets. Nothing of the developer's own shell leaks into the platform."""
        programs = str(Path(sys.executable).parent)
        return {
            "PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.layout.home),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUNBUFFERED": "1",
            "PYTHONFAULTHANDLER": "1",
            **more,
        }


def program(name: str) -> str:
    """The path of a program that a wheel put beside our Python."""
    return str(Path(sys.executable).parent / name)
