"""The base of coursework's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import ServiceBase, service_metadata


class Base(ServiceBase, DeclarativeBase):
    """Every table of this service."""

    metadata = service_metadata()
