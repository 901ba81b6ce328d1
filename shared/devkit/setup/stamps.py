"""Remembers by content what a step was done for, so that it is repeated exactly when something has changed."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path]) -> str:
    """One hash over the names and contents of these files, and over the Python that would use them."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        digest.update(str(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the step was last done for the same content."""
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def set_stamp(stamp: Path, value: str) -> None:
    """Note that the step is done for this content."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value, encoding="utf-8")
