"""Certification over a fresh database, with the world around it."""

import pytest

from tests.support.certification import World
from tests.support.service import ServiceUnderTest


@pytest.fixture
def world(certification: ServiceUnderTest) -> World:
    """Certification over a fresh database."""
    return World(certification)
