"""What the integration tests of coursework share."""

import pytest

from tests.integration.coursework.world import World
from tests.support.service import ServiceUnderTest


@pytest.fixture
def world(coursework: ServiceUnderTest) -> World:
    """Coursework with a level, two runs and content."""
    return World(coursework).build()
