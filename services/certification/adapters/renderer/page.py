"""What stands on the sheet."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Workshop:
    """One line of the table: a module and its teaching units."""

    title: str
    units: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that stands on the sheet."""

    number: str
    full_name: str
    language: str
    programme: str
    issuer: str
    level_title: str
    workshops: tuple[Workshop, ...]
    units_attended: int
    units_offered: int
    carrier: str
    town: str
    starts_on: date
    ends_on: date
    issued_on: date
    issued_at: datetime
    verification_url: str
    credential: str
