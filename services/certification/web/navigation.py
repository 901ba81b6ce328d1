"""The entries of certification in the navigation, for who is asking."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from shared.kernel.actor import Role
from shared.ui import NavItem
from shared.web import current_actor


def navigation() -> list[NavItem]:
    """The way home, and what this person may open here."""
    entries = [("/", _l("Home"))]
    if current_user.is_authenticated:
        entries.append(("/certification/", _l("My certificates")))
    actor = current_actor()
    if actor.holds(Role.BOARD):
        entries.append(("/certification/passes", _l("MEMO-Pass")))
    if actor.holds(Role.OFFICE):
        entries.append(("/certification/office/certificates", _l("Certificates")))
        entries.append(("/certification/office/reviews", _l("To be reviewed")))
    if actor.holds(Role.OFFICE) or actor.holds(Role.AUTHORITY):
        entries.append(("/certification/office/passes", _l("Register of passes")))
    entries.append(("/v/", _l("Check a certificate")))
    return [NavItem(label, href, is_current=_is_current(href)) for href, label in entries]


def _is_current(href: str) -> bool:
    return request.path.rstrip("/") == href.rstrip("/")
