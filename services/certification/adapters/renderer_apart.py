"""Setting sheets in a process of its own: a web process that needs typst once a month must not keep its fonts."""

import dataclasses
import json
import subprocess
import sys
from datetime import date, datetime
from typing import Any

from services.certification.domain.errors import SheetNotMade

_LONGEST_SECONDS = 60


def set_apart(module: str, values: Any) -> bytes:
    """The PDF that a module of `renderer` makes when it is run with these values as JSON. Raises SheetNotMade."""
    try:
        made = subprocess.run(  # noqa: S603 (our own interpreter and module)
            [sys.executable, "-m", f"services.certification.adapters.renderer.{module}"],
            input=json.dumps(values, default=_plain).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise SheetNotMade from error
    return made.stdout


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
