"""The base of a service's tables.

Each service has its own metadata and registry, so that two services loaded by one test never mix. In its
`models/base.py`:

    class Base(ServiceBase, DeclarativeBase):
        metadata = service_metadata()
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import MappedColumn, mapped_column

#: Constraint names from day one: migrations and the errors made from violations refer to them.
NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def service_metadata() -> sa.MetaData:
    """Metadata with the naming convention."""
    return sa.MetaData(naming_convention=NAMING_CONVENTION)


class ServiceBase:
    """Python types to column types: instants are aware, text is unbounded, mappings are JSONB."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        datetime: sa.DateTime(timezone=True),
        UUID: sa.Uuid(),
        dict[str, Any]: JSONB(),
        list[str]: JSONB(),
    }


def enum_column(enum_class: type[StrEnum], **more: Any) -> MappedColumn[Any]:
    """A text column that a CHECK limits to the enum's values."""
    return mapped_column(enum_type(enum_class), **more)


def enum_type(enum_class: type[StrEnum]) -> sa.Enum:
    """The column type behind `enum_column`, for composed columns and migrations."""
    return sa.Enum(
        enum_class,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=enum_class.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
