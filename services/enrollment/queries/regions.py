"""Reading regions."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.models.regions import Region
from shared.kernel.errors import NotFound


def list_regions(session: Session) -> Sequence[Region]:
    """All regions in their order."""
    return session.scalars(sa.select(Region).order_by(Region.position, Region.code)).all()


def get_region(session: Session, code: str) -> Region:
    """The region, or NotFound."""
    if (region := session.get(Region, code)) is None:
        raise NotFound(kind="region")
    return region
