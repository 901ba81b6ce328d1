"""The role-aware navigation of enrollment: what a person may open, in the order in which it is shown.

Coursework and certification show the same entries of the platform on their pages; each service builds its own list.
"""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from shared.kernel.actor import Actor
from shared.ui import NavItem
from shared.web import current_actor

#: For everybody, signed in or not.
_PUBLIC = [
    (_l("Courses near me"), "/runs"),
    (_l("Check a certificate"), "/v/"),
]
#: For whoever has signed in.
_OWN = [
    (_l("My courses"), "/my/courses"),
    (_l("My coursework"), "/coursework/"),
    (_l("My certificates"), "/certification/"),
    (_l("My associations"), "/associations"),
]
#: For whoever could hold the permission on some row.
_BY_PERMISSION = [
    (_l("My teaching"), "/teaching", Permission.ATTENDANCE_MARK),
    (_l("Our courses"), "/carrier/runs", Permission.RUN_MANAGE),
    (_l("People"), "/office/people", Permission.PERSON_SEARCH),
    (_l("Associations"), "/office/associations", Permission.ASSOCIATION_LIST),
    (_l("Levels and regions"), "/office/catalogue", Permission.CATALOGUE_EDIT),
    (_l("Rules"), "/office/settings", Permission.SETTING_EDIT),
    (_l("Figures"), "/office/statistics", Permission.STATISTICS_READ),
]


def navigation() -> list[NavItem]:
    """The entries for who is asking, the present page marked."""
    actor = current_actor()
    entries = list(_PUBLIC)
    if current_user.is_authenticated:
        entries = [_PUBLIC[0], *_OWN]
    entries += [(label, href) for label, href, permission in _BY_PERMISSION if _could_hold(actor, permission)]
    return [NavItem(label, href, is_current=_is_current(href)) for label, href in entries]


def _could_hold(actor: Actor, permission: Permission) -> bool:
    return any(way.at_the_door(actor) for way in PERMISSIONS[permission])


def _is_current(href: str) -> bool:
    return request.path == href or request.path.startswith(f"{href.rstrip('/')}/")
