"""Says what is being done, and how long it took: an installation without a word looks like one that hangs."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class StepFailed(Exception):
    """A step cannot be done here; the text says why, and what to do."""


@contextmanager
def step(sentence: str) -> Iterator[None]:
    """Print the sentence when a step begins and its seconds when it is done."""
    started = time.monotonic()
    print(f"· {sentence} …", flush=True)
    yield
    print(f"  done in {time.monotonic() - started:.1f} s", flush=True)


def run(command: Sequence[str], *, folder: Path | None = None, environment: dict[str, str] | None = None) -> None:
    """Run a program quietly. Raises StepFailed with its last lines when it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        last_lines = "\n".join(done.stdout.splitlines()[-25:])
        raise StepFailed(f"{' '.join(command)}\n{last_lines}")


def complain(failure: StepFailed) -> None:
    """Print why setting up ended here."""
    print(f"\n{failure}", file=sys.stderr, flush=True)
