"""PostgreSQL: sessions, the base of tables, and the tables that every service has."""

from sqlalchemy.orm import Session

from shared.db.base import ServiceBase, enum_column, service_metadata
from shared.db.database import Database, refusing

__all__ = ["Database", "ServiceBase", "Session", "enum_column", "refusing", "service_metadata"]
