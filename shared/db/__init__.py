"""PostgreSQL: sessions, the base of tables, and the tables that every service has."""

from shared.db.base import ServiceBase, enum_column, service_metadata
from shared.db.database import Database, refusing

__all__ = ["Database", "ServiceBase", "enum_column", "refusing", "service_metadata"]
