"""The virtual environment, from locks with hashes."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

from shared.devkit.setup.progress import StepFailed, run, step
from shared.devkit.setup.stamps import fingerprint, is_current, set_stamp

_OLDEST_PYTHON = (3, 11)
#: Each lock holds everything of the ones after it.
_LOCKS = ("test", "run")


def ensure_packages(*, root: Path, venv: Path, lock: str) -> None:
    """Make the virtual environment hold what `requirements/<lock>.txt` says. Raises StepFailed."""
    _check_python()
    wanted = fingerprint([root / "requirements" / f"{lock}.txt", root / "requirements" / "build.txt"])
    if _holds(root, venv, lock):
        return
    if not (venv / "bin" / "python").exists():
        _ensure_venv_module()
        with step(f"Making the virtual environment {venv}"):
            run([sys.executable, "-m", "venv", str(venv)])
    with step(f"Installing the packages of requirements/{lock}.txt"):
        _install(root, venv, lock)
    set_stamp(_stamp(venv, lock), wanted)


def _holds(root: Path, venv: Path, lock: str) -> bool:
    sufficient = _LOCKS[: _LOCKS.index(lock) + 1]
    build = root / "requirements" / "build.txt"
    return any(
        is_current(_stamp(venv, name), fingerprint([root / "requirements" / f"{name}.txt", build]))
        for name in sufficient
    )


def _stamp(venv: Path, lock: str) -> Path:
    return venv / f".{lock}-installed"


def _check_python() -> None:
    if sys.version_info < _OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        raise StepFailed(f"Python 3.11 or newer is needed; this is {found}. Name another: make run PYTHON=python3.12")


def _install(root: Path, venv: Path, lock: str) -> None:
    """By uv, which is ten times faster; by pip where uv cannot reach the registry that pip is configured for."""
    python = str(venv / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    requirements = str(root / "requirements" / f"{lock}.txt")
    run([*pip, "-r", str(root / "requirements" / "build.txt")])
    uv = [str(venv / "bin" / "uv"), "pip", "install", "--python", python, "--require-hashes", "--system-certs"]
    try:
        run([*uv, "-r", requirements])
    except StepFailed as failure:
        print(f"  uv could not ({str(failure).splitlines()[-1]}); pip tries, which takes longer", flush=True)
        run([*pip, "-r", requirements])


def _ensure_venv_module() -> None:
    """Debian and Ubuntu keep a part of Python's standard library in a package of its own."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    command = f"apt-get install -y python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(f"This Python cannot make virtual environments yet. Once: sudo {command}")
    with step("Installing Python's venv module by apt"):
        apt_install(command.rsplit(maxsplit=1)[-1])


def apt_install(package: str) -> None:
    """Install a Debian package as root, without a question. Raises StepFailed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(["apt-get", "install", "-y", "--no-install-recommends", package], environment=environment)
    except StepFailed:
        run(["apt-get", "update"], environment=environment)
        run(["apt-get", "install", "-y", "--no-install-recommends", package], environment=environment)
