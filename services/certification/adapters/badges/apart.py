"""Badges drawn in a process of their own, and kept: there are few, and drawing needs much memory once."""

import json
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache

from services.certification.domain.badges import BadgeFace, BadgeForm
from services.certification.domain.errors import SheetNotMade

_LONGEST_SECONDS = 30


@lru_cache(maxsize=64)
def draw_badge_apart(face: BadgeFace, form: BadgeForm) -> bytes:
    """The picture of a badge; the same each time. Raises SheetNotMade."""
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "services.certification.adapters.badges.drawing"],
            input=json.dumps({"face": asdict(face), "form": form.value}).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise SheetNotMade from error
    return drawn.stdout
