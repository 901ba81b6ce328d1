"""`python -m shared.devkit.demo`: load the demo programme into three running services.

The environment holds every service's settings, each under the service's own prefix, and MEMO_DEMO_FOLDER. Services are
reached by their command line only; they load side by side and wait for each other's events, as always.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from shared.contracts.services import Service
from shared.devkit.demo.associations import ASSOCIATIONS
from shared.devkit.demo.names import PEOPLE_BY_KEY
from shared.devkit.demo.scenario import build_scenario, invite_code
from shared.devkit.demo.sign_ins import DEMO_PASSWORD, SIGN_INS, email_of
from shared.kernel.clock import utc_now
from shared.messaging.receipts import backlog

_LOOK_AGAIN_SECONDS = 0.05
_PATIENCE_SECONDS = 20.0
_STAFF = [key for key in PEOPLE_BY_KEY if "." in key]


def main() -> None:
    """Load everything, then leave what the runner's table, the mailbox and the journeys read."""
    folder = Path(os.environ["MEMO_DEMO_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    totp_secrets = _totp_secrets(folder / "totp-secrets.json")
    scenario = folder / "scenario.json"
    _write(scenario, build_scenario(now=utc_now(), totp_secrets=totp_secrets))
    # A file each and no pipes: a loader whose output nobody reads yet must not stand still while the others wait.
    with ExitStack() as stack:
        outputs = {service: stack.enter_context(TemporaryFile("w+", encoding="utf-8")) for service in Service}
        loaders = {service: _start_loader(service, scenario, outputs[service]) for service in Service}
        _wait_for_all(loaders, outputs)
        said = _read(outputs[Service.ENROLLMENT])
    _wait_for_rest()
    _leave(folder, totp_secrets=totp_secrets, slips=_slips(said))


def _start_loader(service: Service, scenario: Path, output: TextIO) -> subprocess.Popen[bytes]:
    prefix = f"{service.upper()}_"
    own = {name.removeprefix(prefix): value for name, value in os.environ.items() if name.startswith(prefix)}
    others = tuple(f"{other.upper()}_" for other in Service)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    with scenario.open("rb") as given:
        return subprocess.Popen(
            [sys.executable, "-m", f"services.{service}.cli", "seed-demo"],
            env=environment | own,
            stdin=given,
            stdout=output,
        )


def _wait_for_all(loaders: dict[Service, subprocess.Popen[bytes]], outputs: Mapping[Service, TextIO]) -> None:
    """Wait until all have loaded. Where one fails, the others would wait in vain, so they end with it."""
    while any(loader.poll() is None for loader in loaders.values()):
        failed = [service for service, loader in loaders.items() if loader.poll()]
        if failed:
            for loader in loaders.values():
                loader.terminate()
                loader.wait()
            raise SystemExit(_failure(failed[0], outputs))
        time.sleep(_LOOK_AGAIN_SECONDS)
    failed = [service for service, loader in loaders.items() if loader.returncode]
    if failed:
        raise SystemExit(_failure(failed[0], outputs))


def _wait_for_rest() -> None:
    """Wait until what the loading has set off (mails, passes, documents) has arrived everywhere; not for ever."""
    engines = [sa.create_engine(os.environ[f"{service.upper()}_MEMO_DATABASE_URL"]) for service in Service]
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while any(map(_has_unread_messages, engines)) and time.monotonic() < deadline:
        time.sleep(_LOOK_AGAIN_SECONDS)
    for engine in engines:
        engine.dispose()


def _has_unread_messages(engine: sa.Engine) -> bool:
    with Session(engine) as session:
        return backlog(session, now=utc_now()).pending > 0


def _failure(service: Service, outputs: Mapping[Service, TextIO]) -> str:
    return f"the demo programme could not be loaded into {service}; loading again is safe\n{_read(outputs[service])}"


def _read(output: TextIO) -> str:
    output.seek(0)
    return output.read()


def _slips(output: str) -> list[dict[str, Any]]:
    """The slips that enrollment has just issued: its last line of output. None on a second loading."""
    found: list[dict[str, Any]] = json.loads(output.splitlines()[-1])["slips"]
    return found


def _totp_secrets(file: Path) -> dict[str, str]:
    """One secret per member of staff, drawn once per folder."""
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    drawn: dict[str, str] = {key: known.get(key) or pyotp.random_base32() for key in _STAFF}
    _write(file, drawn)
    return drawn


def _leave(folder: Path, *, totp_secrets: dict[str, str], slips: list[dict[str, Any]]) -> None:
    phone = [
        {"name": PEOPLE_BY_KEY[key].full_name, "email": email_of(key), "secret": secret}
        for key, secret in totp_secrets.items()
    ]
    _write(folder / "totp.json", phone)
    if slips or not (folder / "slips.json").exists():
        _write(folder / "slips.json", slips)
    codes = {association.name: invite_code(association.key) for association in ASSOCIATIONS}
    _write(folder / "invite-codes.json", codes)
    sign_ins = [{"role": s.role, "sign_in": s.email, "password": DEMO_PASSWORD} for s in SIGN_INS]
    known_slips = json.loads((folder / "slips.json").read_text(encoding="utf-8"))
    by_slip = [
        {"role": f"Ohne E-Mail, mit Zettel: {slip['full_name']}", "sign_in": slip["code"], "password": slip["words"]}
        for slip in known_slips[:1]
    ]
    _write(folder / "sign-ins.json", sign_ins + by_slip)


def _write(file: Path, content: Any) -> None:
    unfinished = file.with_suffix(f".{secrets.token_hex(4)}")
    unfinished.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    unfinished.chmod(0o600)
    unfinished.rename(file)


if __name__ == "__main__":
    main()
