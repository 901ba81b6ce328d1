"""Who may do what with coursework: the table that every door and every operation asks."""

from enum import StrEnum

from shared.kernel import permissions as mechanism
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, PermissionTable, office, own_row, trainer


class Permission(StrEnum):
    """service:subject:action."""

    RUN_STUDY = "coursework:run:study"
    RUN_READ = "coursework:run:read"
    MATERIAL_READ = "coursework:material:read"
    MATERIAL_REVISE = "coursework:material:revise"
    ATTEMPT_WORK = "coursework:attempt:work"
    SUBMISSION_WRITE = "coursework:submission:write"
    SUBMISSION_READ = "coursework:submission:read"
    SUBMISSION_GRADE = "coursework:submission:grade"
    PROGRESS_READ = "coursework:progress:read"
    RULES_CHANGE = "coursework:rules:change"


PERMISSIONS: PermissionTable = {
    Permission.RUN_STUDY: (own_row(),),
    Permission.RUN_READ: (own_row(), trainer(), office()),
    Permission.MATERIAL_READ: (own_row(), trainer(), office()),
    Permission.MATERIAL_REVISE: (office(),),
    Permission.ATTEMPT_WORK: (own_row(),),
    Permission.SUBMISSION_WRITE: (own_row(),),
    Permission.SUBMISSION_READ: (own_row(), trainer()),
    Permission.SUBMISSION_GRADE: (trainer(),),
    Permission.PROGRESS_READ: (trainer(), office()),
    Permission.RULES_CHANGE: (office(),),
}


def require(actor: Actor, permission: Permission, facts: Facts) -> None:
    """Pass, or raise NotPermitted, or SecondFactorNeeded where only that lacks."""
    mechanism.require(PERMISSIONS, actor, permission, facts)


def require_or_hide(actor: Actor, permission: Permission, facts: Facts, *, kind: str) -> None:
    """Pass, or raise NotFound: whoever may not see a row learns nothing of it, not even that it exists.

    SecondFactorNeeded goes through, for it tells the person about the own roles only.
    """
    mechanism.require_or_hide(PERMISSIONS, actor, permission, facts, kind=kind)


def allows(actor: Actor, permission: Permission, facts: Facts) -> bool:
    """Whether `require` would pass; for showing or hiding a button."""
    return mechanism.allows(PERMISSIONS, actor, permission, facts)
