"""Icons as inline SVG from `shared/ui/icons/`: they take the colour of the text and need no request."""

from functools import cache
from pathlib import Path

from markupsafe import Markup, escape

_FOLDER = Path(__file__).parent / "icons"


@cache
def _drawing(name: str) -> str:
    """The inside of the drawing; a name without a drawing is a fault in a template and raises FileNotFoundError."""
    return (_FOLDER / f"{name}.svg").read_text("utf-8").strip()


def icon(name: str, label: str | None = None) -> Markup:
    """The icon; decorative for screen readers unless a label is given. Arrows turn around in right-to-left pages."""
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    turns = " icon--turns" if name in ("arrow-left", "arrow-right", "external", "list", "chat") else ""
    return Markup(  # noqa: S704 - the drawing is a file of ours, the label is escaped
        f'<svg class="icon{turns}" viewBox="0 0 24 24" focusable="false" {meaning}>{_drawing(name)}</svg>'
    )
