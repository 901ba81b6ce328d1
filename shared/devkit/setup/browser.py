"""The browser of the journeys: Debian's chromium, or one that is there already."""

import os
import shutil

from shared.devkit.setup.packages import apt_install
from shared.devkit.setup.progress import StepFailed, step

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, else the first that is installed."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, _NAMES)), None)


def ensure_browser() -> None:
    """Install Debian's chromium when there is none and we may. Raises StepFailed with the way out."""
    if find_browser():
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(
            "The journeys need a Chromium. Once: sudo apt-get install chromium (or name one: CHROMIUM=/path make test)"
        )
    with step("Installing chromium by apt"):
        apt_install("chromium")
    if not find_browser():
        raise StepFailed("apt installed chromium, but no program of that name is on the path. Name it: CHROMIUM=/path")
