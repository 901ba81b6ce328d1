"""The navigation of the whole platform: one list, whichever service answers, with what this person may open."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from shared.kernel.actor import Actor, Role
from shared.ui import NavItem
from shared.web.context import current_actor


@dataclass(frozen=True)
class Entry:
    """One entry: its words, its address, and further addresses under which it counts as the present one."""

    label: Any
    href: str
    under: tuple[str, ...] = ()


_RUNS = Entry(_l("Course runs"), "/runs")
_CHECK = Entry(_l("Check a certificate"), "/v/")
_REGISTERS = Entry(_l("Associations and advisers"), "/certification/register/passes", ("/certification/register",))
_LEARNING = (
    Entry(_l("My courses"), "/my/courses"),
    Entry(_l("Learning"), "/coursework/", ("/coursework/runs", "/coursework/attempts", "/coursework/submissions")),
    Entry(_l("Certificates"), "/certification/", ("/certification/certificates",)),
    Entry(_l("Associations"), "/associations", ("/certification/passes",)),
)
_BY_ROLE: tuple[tuple[Role, tuple[Entry, ...]], ...] = (
    (
        Role.TRAINER,
        (
            Entry(_l("Attendance"), "/teaching"),
            Entry(_l("Grading"), "/coursework/queue", ("/coursework/gradings",)),
        ),
    ),
    (Role.CARRIER_STAFF, (Entry(_l("Manage runs"), "/carrier/runs", ("/carrier",)),)),
    (Role.OFFICE, (Entry(_l("Programme office"), "/office", ("/coursework/office", "/certification/office")),)),
    (
        Role.AUTHORITY,
        (
            Entry(_l("Figures"), "/office/statistics"),
            Entry(_l("Register of passes"), "/certification/office/passes"),
        ),
    ),
)


def navigation() -> list[NavItem]:
    """The entries for who is asking, the present page marked."""
    entries = _entries(current_actor()) if current_user.is_authenticated else [_RUNS, _CHECK, _REGISTERS]
    present = _present(entries)
    return [NavItem(entry.label, entry.href, is_current=entry is present) for entry in entries]


def _entries(actor: Actor) -> list[Entry]:
    """Who only works here is not shown what only learners need."""
    is_learner = not actor.is_staff or actor.holds(Role.MEMBER) or actor.holds(Role.BOARD)
    own = [*_LEARNING] if is_learner else []
    return [_RUNS, *own, *(entry for role, entries in _BY_ROLE if actor.holds(role) for entry in entries)]


def _present(entries: list[Entry]) -> Entry | None:
    """The entry whose address reaches furthest into the present one."""
    reaches = [
        (len(address), entry)
        for entry in entries
        for address in (entry.href, *entry.under)
        if request.path == address or request.path.startswith(f"{address.rstrip('/')}/")
        if address != "/coursework/" or request.path == address
    ]
    return max(reaches, key=lambda reach: reach[0])[1] if reaches else None
