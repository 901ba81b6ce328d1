"""The demo programme, for tests that try every page and every form on real data."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.demo import DemoProgramme, load_demo_programme


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProgramme]:
    """Loaded once for all tests of a run; MEMO_TEST_DEMO names a folder that keeps it from run to run."""
    kept = os.environ.get("MEMO_TEST_DEMO")
    with load_demo_programme(Path(kept) if kept else tmp_path_factory.mktemp("demo")) as programme:
        yield programme
