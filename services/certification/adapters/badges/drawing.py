"""The badge of a level or of the pass: as SVG with outlines for letters, as PNG. Run as a module, it draws one.

Processes that serve pages do not import this: typst and the fonts would stay in them. They ask `badges.apart`.
"""

import json
import sys
import threading
from pathlib import Path
from typing import Literal

import typst

from services.certification.adapters.renderer.fonts import families_for, fonts, missing_letters
from services.certification.adapters.renderer.typesetting import boxed
from services.certification.domain.badges import BadgeFace, BadgeForm

_DRAWING = Path(__file__).parent / "badge.typ"
#: 480 points at this density are 640 pixels: sharp where badges are shown, and some 40 KB.
_DENSITY = 96.0
#: One compiler is not made for two threads at once.
_drawing = threading.Lock()


def draw_svg(face: BadgeFace) -> bytes:
    """The badge as SVG without text elements, scripts or foreign addresses; it needs no font to be seen."""
    return _describe(_draw(face, "svg"), face)


def draw_png(face: BadgeFace) -> bytes:
    """The badge as PNG of 640 by 640 pixels, clear around the rim."""
    return _draw(face, "png")


def _draw(face: BadgeFace, form: Literal["svg", "png"]) -> bytes:
    title = boxed(face.title, missing_letters(face.title))
    data = {
        "title": title,
        "caption": face.caption,
        "position": max(face.position, 1),
        "is_pass": face.is_pass,
        "mark": face.mark,
        "fonts": families_for(title, language="de"),
    }
    with _drawing:
        drawn = typst.compile(
            str(_DRAWING),
            root=str(_DRAWING.parent),
            font_paths=fonts(),
            format=form,
            ppi=_DENSITY,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    assert isinstance(drawn, bytes)  # one page, one picture
    return drawn


def _describe(drawing: bytes, face: BadgeFace) -> bytes:
    """Give the picture a name for those who hear it."""
    caption = face.caption.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return drawing.replace(b"<svg ", f'<svg role="img" aria-label="{caption}" '.encode(), 1)


def main() -> None:
    """Draw what standard input describes onto standard output."""
    wanted = json.load(sys.stdin)
    draw = draw_svg if BadgeForm(wanted["form"]) is BadgeForm.SVG else draw_png
    sys.stdout.buffer.write(draw(BadgeFace(**wanted["face"])))


if __name__ == "__main__":
    main()
