"""deploy/ holds what `make run` runs: the same processes, commands, queues, settings and gateway."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from marshmallow import Schema

from shared.config import SettingsSchema
from shared.contracts.services import Service
from shared.devkit.runner import services
from shared.devkit.runner.gateway import gateway
from shared.devkit.runner.layout import ROOT, Layout, write_json
from shared.devkit.runner.ports import NAMES
from shared.devkit.runner.postgres import Postgres
from shared.devkit.runner.postgres_user import PostgresWay
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.surroundings import Surroundings
from shared.messaging.names import Lane, queue_name

_DEPLOY = ROOT / "deploy"
_SERVICES = list(Service)
_MAKERS: dict[str, Any] = {
    "web": services.web,
    "worker": services.worker,
    "relay": services.relay,
    "migrate": services.migration,
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    content: dict[str, dict[str, Any]] = yaml.safe_load((_DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return content["services"]


@pytest.fixture
def surroundings(tmp_path: Path) -> Surroundings:
    layout = Layout(tmp_path)
    layout.create_folders()
    write_json(layout.keys / "identity.json", {"kid": "k", "x": "x", "d": "d"})
    names = ("postgres", "broker", "s3_access_key", "s3_secret_key")
    per_service = [f"{kind}_{service}" for kind in ("database", "secret_key") for service in Service]
    return Surroundings(
        layout=layout,
        ports={name: 12_000 + number for number, name in enumerate(NAMES)},
        secrets=dict.fromkeys([*names, *per_service], "secret"),
        gateway_port=8080,
    )


@pytest.fixture
def postgres(surroundings: Surroundings) -> Postgres:
    return Postgres(surroundings, PostgresWay(programs=Path("/bin"), data=surroundings.layout.postgres))


def _schema_of(service: Service) -> Schema:
    module = importlib.import_module(f"services.{service}.config")
    own = [
        found
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, SettingsSchema) and found is not SettingsSchema
    ]
    return own[0]() if own else SettingsSchema()


def _settings_of(service: Service) -> set[str]:
    return {str(field.data_key) for field in _schema_of(service).fields.values()}


def _example(name: str) -> list[str]:
    return (_DEPLOY / "env" / f"{name}.env.example").read_text(encoding="utf-8").splitlines()


def _names_in_example(name: str) -> set[str]:
    return {line.partition("=")[0] for line in _example(name) if "=" in line and not line.startswith("#")}


def _words(command: list[str] | tuple[str, ...]) -> list[str]:
    """A command without paths, addresses and ports: what is left must be the same on a laptop and on a server."""
    words = [part for word in command for part in word.split("=", 1)]
    words[0] = Path(words[0]).name
    place = {"--host", "--port"}
    return [word for before, word in zip(["", *words], words, strict=False) if not {before, word} & place]


@pytest.mark.parametrize("service", _SERVICES)
@pytest.mark.parametrize("kind", _MAKERS)
def test_each_process_is_deployed_with_the_command_that_runs_here(
    compose: dict[str, Any], surroundings: Surroundings, postgres: Postgres, service: Service, kind: str
) -> None:
    here: ProcessSpec = _MAKERS[kind](service, surroundings=surroundings, postgres=postgres)
    there = compose[f"{service}-{kind}"]
    assert here.name == f"{service}-{kind}"
    assert _words(there["command"]) == _words(here.command)
    assert there["env_file"] == [f"env/{service}.env"]
    assert there["restart"] in ("unless-stopped", "on-failure")


def test_the_schedule_is_deployed_once_with_all_services(
    compose: dict[str, Any], surroundings: Surroundings, postgres: Postgres
) -> None:
    here = services.schedule(surroundings=surroundings, postgres=postgres)
    assert _words(compose["schedule"]["command"]) == _words(here.command)


@pytest.mark.parametrize("service", _SERVICES)
def test_each_worker_names_the_queues_it_serves(compose: dict[str, Any], service: Service) -> None:
    named = compose[f"{service}-worker"]["labels"]["memo.queues"].split()
    assert set(named) == {queue_name(service, lane) for lane in Lane}


def test_nothing_is_deployed_that_is_not_meant(compose: dict[str, Any]) -> None:
    processes = {f"{service}-{kind}" for service in Service for kind in ("web", "worker", "relay", "migrate")}
    assert set(compose) == processes | {"schedule", "gateway", "postgres", "rabbitmq", "s3"}


def test_only_the_gateway_is_reachable_from_outside(compose: dict[str, Any]) -> None:
    assert {name for name, facts in compose.items() if "ports" in facts} == {"gateway"}


def test_only_certification_gets_the_signing_keys(compose: dict[str, Any]) -> None:
    holders = {name for name, facts in compose.items() if "signing_keys" in facts.get("secrets", [])}
    assert holders == {f"certification-{kind}" for kind in ("web", "worker", "relay", "migrate")}


@pytest.mark.parametrize("service", _SERVICES)
def test_the_env_example_holds_exactly_the_settings_that_the_service_reads(service: Service) -> None:
    assert _names_in_example(service) == _settings_of(service)


@pytest.mark.parametrize("service", _SERVICES)
def test_make_run_sets_only_settings_that_the_service_reads(
    surroundings: Surroundings, postgres: Postgres, service: Service
) -> None:
    environment = services.web(service, surroundings=surroundings, postgres=postgres).environment
    given = {name for name in environment if name.startswith("MEMO_")}
    needed = {str(field.data_key) for field in _schema_of(service).fields.values() if field.required}
    assert needed <= given <= _settings_of(service)


@pytest.mark.parametrize("name", [*_SERVICES, "postgres", "rabbitmq", "s3", "gateway"])
def test_every_setting_in_an_example_has_its_meaning_above_it(name: str) -> None:
    lines = _example(name)
    explained = False
    for line in lines:
        if "=" in line and not line.startswith("#"):
            assert explained, f"{name}: {line} has no line of meaning"
        explained = line.startswith("#") or (explained and line != "")


def test_the_gateway_example_fills_every_placeholder(surroundings: Surroundings) -> None:
    caddyfile = (_DEPLOY / "gateway" / "Caddyfile").read_text(encoding="utf-8")
    placeholders = {part.partition(":")[0].partition("}")[0] for part in caddyfile.split("{$")[1:]}
    assert _names_in_example("gateway") == placeholders
    assert placeholders <= set(gateway(surroundings).environment)


def test_caddy_accepts_the_gateway_file(surroundings: Surroundings) -> None:
    spec = gateway(surroundings)
    command = (spec.command[0], "validate", *spec.command[2:])
    done = subprocess.run(command, env=dict(spec.environment), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_caddy_accepts_the_gateway_file_as_it_is_deployed(surroundings: Surroundings) -> None:
    example = dict(line.split("=", 1) for line in _example("gateway") if "=" in line and not line.startswith("#"))
    spec = gateway(surroundings)
    environment = {**surroundings.environment(), **example}
    command = (spec.command[0], "validate", *spec.command[2:])
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_image_holds_no_dev_kit_and_runs_as_nobody_special() -> None:
    dockerfile = (_DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    final = dockerfile.split(" AS services\n")[1].split("\nFROM ")[0]
    assert "USER memo" in final
    assert "HEALTHCHECK" in final
    assert "rm -r shared/devkit" in dockerfile
    assert sys.version_info[:2] == (3, 11) or f"python:3.{sys.version_info[1]}" not in dockerfile
