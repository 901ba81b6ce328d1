"""Courses over a fresh database."""

import pytest

from tests.support.courses import Courses
from tests.support.service import ServiceUnderTest


@pytest.fixture
def courses(enrollment: ServiceUnderTest) -> Courses:
    """The catalogue, and ways to arrange people and runs."""
    return Courses(enrollment)
