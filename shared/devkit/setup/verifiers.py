"""An implementation of the credential standards in another language, from locked npm packages: tests ask it."""

from pathlib import Path

from shared.devkit.setup.assets import install_modules
from shared.devkit.setup.progress import step
from shared.devkit.setup.stamps import fingerprint, is_current


def ensure_verifiers(*, root: Path, venv: Path) -> None:
    """Install the packages when their lock has changed; node comes from a wheel. Raises StepFailed."""
    folder, stamp = root / "tests" / "contract" / "node", root / "build" / "stamps" / "verifiers"
    wanted = fingerprint([folder / "package.json", folder / "package-lock.json"])
    if is_current(stamp, wanted) and (folder / "node_modules").exists():
        return
    with step("Installing the verifier in another language"):
        install_modules(folder, venv=venv, stamp=stamp, wanted=wanted)
