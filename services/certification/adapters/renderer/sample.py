"""`python -m …renderer.sample`: the sheet of a certificate whose facts come as JSON on standard input, not sealed."""

import json
import sys
from datetime import date, datetime
from typing import Any

from services.certification.adapters.renderer.drawing import render
from services.certification.adapters.renderer.page import Page, Result, Workshop


def read_page(values: dict[str, Any]) -> Page:
    """The page that JSON values describe."""
    lines = {
        "workshops": tuple(Workshop(**workshop) for workshop in values["workshops"]),
        "results": tuple(Result(**result) for result in values["results"]),
    }
    days = {name: date.fromisoformat(values[name]) for name in ("starts_on", "ends_on", "issued_on")}
    issued_at = datetime.fromisoformat(values["issued_at"])
    return Page(**{**values, **lines, **days, "issued_at": issued_at})


if __name__ == "__main__":
    sys.stdout.buffer.write(render(read_page(json.load(sys.stdin))).pdf)
