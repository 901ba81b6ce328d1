"""The base of certification's tables."""

from sqlalchemy.orm import DeclarativeBase

from shared.db import ServiceBase, service_metadata


class Base(ServiceBase, DeclarativeBase):
    """Every table of this service; its metadata is what migrations compare with."""

    metadata = service_metadata()
