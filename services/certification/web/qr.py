"""A QR code inside a page."""

import segno
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An inline SVG without styles; the page says in words beside it what it opens."""
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=2, omitsize=False)
    return Markup(drawing)  # noqa: S704 (drawn by segno from our own address; it holds no text)
