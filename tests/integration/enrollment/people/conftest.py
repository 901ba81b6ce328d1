"""People over a fresh database."""

import pytest

from tests.support.accounts import Accounts
from tests.support.service import ServiceUnderTest


@pytest.fixture
def accounts(enrollment: ServiceUnderTest) -> Accounts:
    """Ways to arrange people."""
    return Accounts(enrollment)
