"""`python3 -m shared.devkit.setup run|test|browser|softhsm --venv FOLDER`: everything that must be there first."""

import argparse
import sys
from pathlib import Path

from shared.devkit.setup.assets import ensure_assets, ensure_catalogues
from shared.devkit.setup.browser import ensure_browser
from shared.devkit.setup.packages import ensure_packages
from shared.devkit.setup.progress import StepFailed, complain
from shared.devkit.setup.softhsm import ensure_softhsm
from shared.devkit.setup.verifiers import ensure_verifiers

_ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str]) -> int:
    """0 when everything is there, 1 after a sentence about what is not."""
    parser = argparse.ArgumentParser(prog="python3 -m shared.devkit.setup")
    parser.add_argument("what", choices=["run", "test", "packages", "browser", "softhsm"])
    parser.add_argument("--venv", type=Path, required=True)
    options = parser.parse_args(arguments)
    try:
        _prepare(options.what, options.venv.absolute())
    except StepFailed as failure:
        complain(failure)
        return 1
    return 0


def _prepare(what: str, venv: Path) -> None:
    if what == "browser":
        ensure_browser()
        return
    if what == "softhsm":
        ensure_softhsm()
        return
    ensure_packages(root=_ROOT, venv=venv, lock="run" if what == "run" else "test")
    if what != "packages":
        ensure_assets(root=_ROOT, venv=venv)
        ensure_catalogues(root=_ROOT, venv=venv)
    if what == "test":
        ensure_verifiers(root=_ROOT, venv=venv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
