"""Who may touch an association: a foreign one is not found, never forbidden."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain.permissions import PERMISSIONS
from services.enrollment.models.associations import Association
from services.enrollment.queries.associations import get_association
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound, NotPermitted
from shared.kernel.permissions import Facts, require


def require_within(actor: Actor, permission: StrEnum, association_id: UUID) -> None:
    """Pass, or raise NotFound for strangers, NotPermitted for members whose role does not allow it."""
    try:
        require(PERMISSIONS, actor, permission, Facts(association_id=association_id))
    except NotPermitted:
        if any(grant.scope_id == association_id for grant in actor.grants):
            raise
        raise NotFound(kind="association") from None


def open_association(session: Session, *, actor: Actor, association_id: UUID, permission: StrEnum) -> Association:
    """The association for a page that needs the permission. Raises NotFound or NotPermitted."""
    require_within(actor, permission, association_id)
    return get_association(session, association_id)
