"""Addresses of the built stylesheet, script and font.

`npm run build` writes files with a hash in the name and `manifest.json` beside them, so that browsers may keep them
forever. The manifest is read once per process.
"""

import json
from functools import cache
from pathlib import Path

DIST = Path(__file__).parent / "static" / "dist"
ADDRESS = "/static/dist"


class AssetsNotBuilt(RuntimeError):
    """The stylesheet and scripts are missing; says how to make them."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not among the built assets: run `npm ci && npm run build` in shared/ui/assets")


@cache
def _manifest() -> dict[str, str]:
    try:
        return dict(json.loads((DIST / "manifest.json").read_text("utf-8")))
    except FileNotFoundError as error:
        raise AssetsNotBuilt("manifest.json") from error


def asset(name: str) -> str:
    """The address of a built file by its logical name, as `app.css`.

    Raises AssetsNotBuilt when the build has not been run or does not make this file.
    """
    try:
        return f"{ADDRESS}/{_manifest()[name]}"
    except KeyError as error:
        raise AssetsNotBuilt(name) from error
