"""What the runner knows about this machine and this `var/`, gathered once and handed to every part."""

import sys
from dataclasses import dataclass
from pathlib import Path

from shared.devkit.runner.layout import Layout

#: glibc keeps freed memory for later unless told to give it back: Argon2 alone takes and frees 64 MiB a time.
FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


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
