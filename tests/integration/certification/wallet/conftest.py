"""Certification as wallets reach it, a holder with a certificate, and whoever is shown the copy."""

import dataclasses
from collections.abc import Iterator

import pytest

from services.certification.app import make_app
from services.certification.worker import make_worker
from shared.resources import Resources
from tests.support.certification import World
from tests.support.service import ServiceUnderTest
from tests.support.wallet import Verifier
from tests.support.wallet_holders import BASE, Holder, HttpsService


@pytest.fixture
def world(certification: ServiceUnderTest) -> Iterator[World]:
    settings = dataclasses.replace(certification.resources.settings, base_url=BASE)
    resources = Resources(settings)
    yield World(HttpsService(resources, make_app(resources), make_worker(resources)))
    resources.database.dispose()


@pytest.fixture
def holder(world: World) -> Holder:
    person_id = world.person("Şükrü Özdoğan-Yıldız")
    certificate = world.certify(person_id)
    return Holder(world, certificate, world.service.client_of(person_id))


@pytest.fixture
def verifier(world: World) -> Verifier:
    return Verifier(world.service.client())
