"""PostgreSQL: sessions, the base of tables, and the tables that every service has."""

from sqlalchemy.orm import Session

from shared.db.base import ServiceBase, enum_column, service_metadata
from shared.db.database import DATABASE_AWAY, Database, open_database, refusing

__all__ = [
    "DATABASE_AWAY",
    "Database",
    "ServiceBase",
    "Session",
    "enum_column",
    "open_database",
    "refusing",
    "service_metadata",
]
