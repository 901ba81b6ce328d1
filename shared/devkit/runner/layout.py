"""Where things lie inside the folder that `make run` keeps its data in."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
KEY_FILES = (
    "identity.json",
    "signing.json",
    "wallet.json",
    "documents.json",
    "documents-chain.pem",
    "signing-keys.json",
)


@dataclass(frozen=True)
class Layout:
    """The paths below one `var/`; nothing of the platform is stored anywhere else."""

    var: Path

    @property
    def lock(self) -> Path:
        return self.var / "run.lock"

    @property
    def state(self) -> Path:
        """What runs now: pids, ports, restarts. Rewritten at every change, for people and tests."""
        return self.var / "processes.json"

    @property
    def ports(self) -> Path:
        return self.var / "ports.json"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets.json"

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def broker(self) -> Path:
        return self.var / "valkey"

    @property
    def documents(self) -> Path:
        return self.var / "s3"

    @property
    def mailbox(self) -> Path:
        return self.var / "mailbox"

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def public(self) -> Path:
        """What certification publishes and the gateway serves by itself: signed status lists."""
        return self.var / "public"

    @property
    def demo(self) -> Path:
        """Written by the demo data: `totp.json`, `sign-ins.json`, screenshots."""
        return self.var / "demo"

    @property
    def demo_marker(self) -> Path:
        return self.demo / "loaded"

    @property
    def migrated(self) -> Path:
        """The migration that each database was last brought to."""
        return self.var / "migrated.json"

    @property
    def home(self) -> Path:
        """HOME of the engines, so that none reads or writes the developer's own folder."""
        return self.var / "home"

    def create_folders(self) -> None:
        """Make every folder; only the owner may look inside `var/`."""
        self.var.mkdir(parents=True, exist_ok=True)
        self.var.chmod(0o700)
        for folder in (
            self.logs,
            self.broker,
            self.documents,
            self.mailbox,
            self.keys,
            self.public,
            self.demo,
            self.home,
        ):
            folder.mkdir(exist_ok=True)


def read_json(path: Path) -> dict[str, Any]:
    """The object in this file, or an empty one when there is none."""
    if not path.exists():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace the file in one step, readable by its owner only."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
    temporary.replace(path)
