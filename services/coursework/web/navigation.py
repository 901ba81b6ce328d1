"""The entries of coursework in the navigation, for who is asking."""

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
        entries.append(("/coursework/", _l("My coursework")))
    actor = current_actor()
    if actor.holds(Role.TRAINER):
        entries.append(("/coursework/queue", _l("Grading")))
    if actor.holds(Role.OFFICE):
        entries.append(("/coursework/office/materials", _l("Materials")))
        entries.append(("/coursework/office/rules", _l("Passing rules")))
    if current_user.is_authenticated:
        entries.append(("/certification/", _l("My certificates")))
    return [NavItem(label, href, is_current=_is_current(href)) for href, label in entries]


def _is_current(href: str) -> bool:
    path = request.path.rstrip("/")
    if href == "/coursework/":
        return path == "/coursework" or path.startswith(("/coursework/runs", "/coursework/attempts"))
    return path == href.rstrip("/") or (href != "/" and path.startswith(f"{href}/"))
