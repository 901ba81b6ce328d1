"""The base of enrollment's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import ServiceBase, service_metadata


class Base(ServiceBase, DeclarativeBase):
    """Enrollment's own registry and metadata."""

    metadata = service_metadata()
