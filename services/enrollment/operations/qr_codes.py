"""QR codes for pages: the adapter behind a name that doors may use."""

from markupsafe import Markup

from services.enrollment.adapters.qr import qr_svg


def qr_code(address: str) -> Markup:
    """An address as an SVG image that a phone can scan."""
    return qr_svg(address)
