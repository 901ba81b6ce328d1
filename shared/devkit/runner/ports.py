"""Free ports for everything behind the gateway: chosen once, kept, and chosen again only when taken."""

import random
import socket
from pathlib import Path

from shared.devkit.runner.layout import read_json, write_json

NAMES = (
    "postgres",
    "valkey",
    "s3",
    "s3-master",
    "s3-volume",
    "s3-filer",
    "s3-admin",
    "smtp",
    "mailbox",
    "enrollment",
    "coursework",
    "certification",
)

#: SeaweedFS opens a second port 10,000 above each of its own; both must lie below the kernel's range for outgoing
#: connections (32768 and up), or a connection of anybody may sit on it.
_TWIN_DISTANCE = 10_000
_CHOICES = range(11_000, 22_000)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_ports(file: Path) -> dict[str, int]:
    """A free port for every name, the same as last time where that is possible."""
    kept = {name: int(port) for name, port in read_json(file).items() if name in NAMES}
    ports: dict[str, int] = {}
    for name in NAMES:
        port = kept.get(name)
        if port is None or not _suits(port, name) or port in ports.values():
            port = _choose(name, taken=set(ports.values()) | set(kept.values()))
        ports[name] = port
    write_json(file, ports)
    return ports


def _suits(port: int, name: str) -> bool:
    if name.startswith("s3"):
        return is_free(port) and is_free(port + _TWIN_DISTANCE)
    return is_free(port)


def _choose(name: str, *, taken: set[int]) -> int:
    for port in random.sample(_CHOICES, k=2_000):
        if port not in taken and _suits(port, name):
            return port
    raise RuntimeError(f"no free port found for {name}")
