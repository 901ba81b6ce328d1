"""What stands on a sheet."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Workshop:
    """One line of the table: a module and its teaching units."""

    title: str
    units: int


@dataclass(frozen=True)
class Result:
    """One result as it stands on the sheet, such as a criterion and the points for it."""

    title: str
    value: str


@dataclass(frozen=True)
class SealNote:
    """Who sealed the file, for the line that says so: the names in the certificate of the key."""

    subject: str
    issuer: str
    is_demonstration: bool


@dataclass(frozen=True, kw_only=True)
class Page:
    """Everything that stands on the sheet of a certificate."""

    number: str
    full_name: str
    #: The holder's language: of several ways to draw the same Chinese letter it chooses one.
    language: str
    #: Everything is said a second time in this language; empty for German alone.
    second_language: str = ""
    programme: str
    issuer: str
    level_title: str
    #: What the template says between name and level; empty for the programme's own words.
    statement: str = ""
    workshops: tuple[Workshop, ...]
    results: tuple[Result, ...] = ()
    units_attended: int
    units_offered: int
    shows_units: bool = True
    carrier: str
    town: str
    starts_on: date
    ends_on: date
    issued_on: date
    issued_at: datetime
    verification_url: str
    credential: str
    #: None for a file that is not sealed.
    seal: SealNote | None = None


@dataclass(frozen=True, kw_only=True)
class PassPage:
    """Everything that stands on the sheet of an association's pass."""

    number: str
    association: str
    second_language: str = ""
    programme: str
    issuer: str
    town: str
    #: The conditions that the association meets, one sentence each, in German.
    conditions: tuple[str, ...]
    valid_from: date
    valid_until: date
    issued_at: datetime
    verification_url: str
    #: The signed credential that is attached; empty where there is none.
    credential: str = ""
    seal: SealNote | None = None
