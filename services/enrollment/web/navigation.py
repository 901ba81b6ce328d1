"""The role-aware navigation of enrollment: what a person may open, in the order in which it is shown."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from shared.kernel.actor import Actor
from shared.ui import NavItem
from shared.web import current_actor

_COURSES = (_l("Courses"), "/runs")
#: For everybody who has not signed in.
_STRANGERS = [_COURSES, (_l("Check a certificate"), "/v/")]
#: For whoever has.
_OWN = [
    _COURSES,
    (_l("My courses"), "/my/courses"),
    (_l("Coursework"), "/coursework/"),
    (_l("Certificates"), "/certification/"),
    (_l("My associations"), "/associations"),
]
#: For whoever could hold the permission on some row.
_BY_PERMISSION = [
    (_l("Teaching"), "/teaching", Permission.ATTENDANCE_MARK),
    (_l("Manage courses"), "/carrier/runs", Permission.RUN_MANAGE),
    (_l("People"), "/office/people", Permission.PERSON_SEARCH),
    (_l("Associations"), "/office/associations", Permission.ASSOCIATION_LIST),
    (_l("Programme"), "/office/catalogue", Permission.CATALOGUE_EDIT),
    (_l("Settings"), "/office/settings", Permission.SETTING_EDIT),
    (_l("Figures"), "/office/statistics", Permission.STATISTICS_READ),
]


def navigation() -> list[NavItem]:
    """The entries for who is asking, the present page marked."""
    actor = current_actor()
    entries = list(_OWN if current_user.is_authenticated else _STRANGERS)
    entries += [(label, href) for label, href, permission in _BY_PERMISSION if _could_hold(actor, permission)]
    return [NavItem(label, href, is_current=_is_current(href)) for label, href in entries]


def _could_hold(actor: Actor, permission: Permission) -> bool:
    return any(way.at_the_door(actor) for way in PERMISSIONS[permission])


def _is_current(href: str) -> bool:
    return request.path == href or request.path.startswith(f"{href.rstrip('/')}/")
