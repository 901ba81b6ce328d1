"""The passwords of one `var/`, made once and never shown."""

import secrets
from pathlib import Path

from shared.contracts.services import Service
from shared.devkit.runner.layout import read_json, write_json

_NAMES = (
    "postgres",
    "broker",
    "s3_access_key",
    "s3_secret_key",
    *(f"database_{service}" for service in Service),
    *(f"secret_key_{service}" for service in Service),
)


def ensure_secrets(file: Path) -> dict[str, str]:
    """Every secret by name; those that are missing are made and stored, readable by the owner only."""
    known = read_json(file)
    missing = [name for name in _NAMES if name not in known]
    if missing:
        known |= {name: secrets.token_hex(24) for name in missing}
        write_json(file, known)
    return known
