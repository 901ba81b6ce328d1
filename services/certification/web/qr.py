"""A QR code inside a page."""

import segno
from flask_babel import gettext as _
from markupsafe import Markup


def qr_svg(address: str) -> Markup:
    """An inline SVG without styles, black on white in a dark page too, with words for whoever cannot see it."""
    label = _("QR code that opens the verification page %(address)s", address=address)
    drawing = segno.make(address, error="m").svg_inline(scale=5, border=3, light="#fff", title=label)
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 (segno escapes the title)


def offer_qr(link: str) -> Markup:
    """The code that a wallet scans, as an inline SVG; whoever cannot see it has the link beside it."""
    label = _("QR code for the wallet on another phone; the link beside it does the same on this phone")
    drawing = segno.make(link, error="m").svg_inline(border=4, omitsize=True, dark="#000", light="#fff", title=label)
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 (segno escapes the title)
