"""The readers of files without a process for each: for thousands of them."""

import importlib
from collections.abc import Mapping
from typing import Any

from services.certification.adapters.reading import Refused, Task, child


def read_here(task: Task, *, data: bytes = b"", facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What the confined process would answer. Raises Refused."""
    reader = importlib.import_module(f"services.certification.adapters.reading.{task}")
    answer = child._answer(reader, dict(facts or {}), data)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer
