"""Badges: pictures that carry the credential they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class BadgeForm(StrEnum):
    """The two forms of picture that Open Badges 3.0 knows (section 5.3)."""

    SVG = "svg"
    PNG = "png"


CONTENT_TYPES: Mapping[BadgeForm, str] = MappingProxyType({BadgeForm.SVG: "image/svg+xml", BadgeForm.PNG: "image/png"})


@dataclass(frozen=True)
class BadgeFace:
    """What a badge shows. `position` counts the levels of the programme from one; a pass has none."""

    title: str
    caption: str
    position: int
    is_pass: bool = False
    mark: str = "MEMO"
