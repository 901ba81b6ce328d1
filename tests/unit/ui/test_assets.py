"""The built stylesheet, script and font."""

import gzip
import re
from pathlib import Path

import pytest

from shared.ui import assets

DIST = Path(assets.DIST)
#: Of the 60 KiB of a first load, 12 are left for the page itself.
BUDGET = 48 * 1024


def test_an_asset_that_was_not_built_says_how_to_build_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "DIST", tmp_path)
    assets._manifest.cache_clear()
    with pytest.raises(assets.AssetsNotBuilt, match="npm run build"):
        assets.asset("app.css")
    assets._manifest.cache_clear()


def built(name: str) -> Path:
    return DIST / assets.asset(name).rsplit("/", 1)[1]


def test_everything_a_first_load_needs_stays_within_the_budget() -> None:
    total = sum(
        len(gzip.compress(built(name).read_bytes())) for name in ("app.css", "app.js", "icon.svg", "heading.woff2")
    )
    assert total < BUDGET


def test_the_stylesheet_knows_no_left_and_right() -> None:
    css = built("app.css").read_text("utf-8")
    assert not re.findall(r"[{;](?:margin|padding|border)-(?:left|right):", css)
    assert not re.findall(r"[{;](?:left|right|float:left|text-align:left|text-align:right)\b", css)


def test_the_stylesheet_loads_nothing_from_elsewhere() -> None:
    assert not re.findall(r"url\([\"']?(?:https?:)?//", built("app.css").read_text("utf-8"))
