"""The whole wire with real processes: from one service's transaction to the other's, through a real broker, and back.

With MEMO_TEST_BROKER_URL the broker is RabbitMQ. Nothing in the product is shortened: where half a minute must pass,
the row's due date is set back.
"""

import importlib
from collections.abc import Iterator

import pytest

from shared.contracts.services import Service
from shared.devkit.platform import Engines
from shared.resources import Resources
from tests.conftest import environment_of
from tests.support.databases import Databases
from tests.support.wire import Wire, wait_until

ALL = ("enrollment relay", "enrollment worker", "coursework relay", "coursework worker")


@pytest.fixture(scope="module")
def wire(engines: Engines, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Two services' databases and the broker of this run."""
    folder = tmp_path_factory.mktemp("wire")
    with (
        databases.clone(databases.template(Service.ENROLLMENT)) as telling,
        databases.clone(databases.template(Service.COURSEWORK)) as hearing,
    ):
        environments = {
            service: environment_of(service, engines=engines, database_url=url, folder=folder)
            for service, url in ((Service.ENROLLMENT, telling), (Service.COURSEWORK, hearing))
        }
        settings = importlib.import_module("services.coursework.config").read_settings(environments[Service.COURSEWORK])
        broker = importlib.import_module("services.coursework.worker").make_worker(Resources(settings))
        wire = Wire(environments=environments, broker=broker, log=folder / "processes.log")
        yield wire
        wire.close()


@pytest.fixture(autouse=True)
def _everything_runs(wire: Wire) -> None:
    wire.start(*ALL)


def test_a_fact_arrives_and_its_receipt_comes_back(wire: Wire) -> None:
    people = wire.tell("Leyla Demir")
    wait_until(lambda: wire.known(people) == 1)
    wait_until(lambda: wire.count("received_at", people) == 1)
    assert wire.handled(people) == [1]


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(wire: Wire) -> None:
    people = wire.tell("Slow")
    wait_until(wire.is_at_work)
    wire.kill("coursework worker")
    wait_until(lambda: not wire.is_at_work())
    assert wire.known(people) == 0
    assert wire.handled(people) == []
    wire.start("coursework worker")
    wire.pass_thirty_seconds()
    wait_until(lambda: wire.count("received_at", people) == 1)
    assert wire.known(people) == 1
    assert wire.handled(people) == [1]


def test_a_broker_that_lost_everything_loses_nothing_of_ours(wire: Wire) -> None:
    wire.stop("coursework worker")
    people = wire.tell(*(f"Person {number}" for number in range(20)))
    wait_until(lambda: wire.count("published_at", people) == 20)
    assert wire.purge() >= 20
    wire.start("coursework worker")
    wire.pass_thirty_seconds()
    wait_until(lambda: wire.count("received_at", people) == 20)
    assert wire.handled(people) == [1] * 20


def test_a_receipt_that_was_lost_is_sent_again(wire: Wire) -> None:
    wire.stop("enrollment worker")
    people = wire.tell("Ada", "Grace")
    wait_until(lambda: wire.known(people) == 2)
    wire.stop("coursework relay")
    wire.purge()
    wire.start("coursework relay", "enrollment worker")
    wire.pass_thirty_seconds()
    wait_until(lambda: wire.count("received_at", people) == 2)
    assert wire.handled(people) == [1, 1]


def test_five_hundred_facts_arrive_once_though_the_relay_is_killed_twice(wire: Wire) -> None:
    wire.kill("enrollment relay")
    people = wire.tell(*(f"Person {number}" for number in range(500)))
    for so_many in (100, 300):
        wire.start("enrollment relay")
        wait_until(lambda so_many=so_many: wire.count("published_at", people) >= so_many, seconds=120)
        wire.kill("enrollment relay")
    wire.start("enrollment relay")
    wait_until(lambda: wire.known(people) == 500, seconds=240)
    wait_until(lambda: wire.count("received_at", people) == 500, seconds=120)
    assert wire.handled(people) == [1] * 500
