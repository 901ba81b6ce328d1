"""Tables of enrollment. Importing this package declares all of them, which migrations and foreign keys rely on."""

from services.enrollment.models import (
    associations,
    attendance,
    carriers,
    catalogue,
    certificates,
    credentials,
    people,
    places,
    programme_settings,
    regions,
    roles,
    runs,
    venues,
)
from services.enrollment.models.base import Base

__all__ = [
    "Base",
    "associations",
    "attendance",
    "carriers",
    "catalogue",
    "certificates",
    "credentials",
    "people",
    "places",
    "programme_settings",
    "regions",
    "roles",
    "runs",
    "venues",
]
