"""Named refusals of enrollment. Facts only; the sentences are in `web/sentences.py`."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.errors import Conflict, Refused

# --- people, sign-in, associations, memberships, roles ---------------------------------------------------------------


@dataclass(eq=False)
class CredentialsWrong(Refused):
    """Name and secret do not belong together. Never says which of the two is wrong."""


@dataclass(eq=False)
class LinkUnusable(Refused):
    """A one-time link is unknown, used or older than it may be."""


@dataclass(eq=False)
class ConfirmationNeedsSignIn(Refused):
    """The link that confirms an address was opened in a browser where the account's owner has not signed in."""


@dataclass(eq=False)
class PasswordTooShort(Refused):
    """A password has fewer than `least` characters."""

    least: int


@dataclass(eq=False)
class PasswordTooCommon(Refused):
    """A password is one that is tried first, or repeats what is known about the person."""


@dataclass(eq=False)
class CurrentPasswordWrong(Refused):
    """The present password, asked for once more, was not right."""


@dataclass(eq=False)
class CodeWrong(Refused):
    """A code of an authenticator app, or a recovery code, was not right or has been used."""


@dataclass(eq=False)
class PasskeyRefused(Refused):
    """A passkey's answer could not be accepted."""


@dataclass(eq=False)
class LastWayIn(Refused):
    """Removing this would leave the person without any way to sign in."""


@dataclass(eq=False)
class InviteCodeUnknown(Refused):
    """No association has this invite code now."""


@dataclass(eq=False)
class AlreadyMember(Conflict):
    """The person is a member of this association now."""


@dataclass(eq=False)
class LastBoardMember(Refused):
    """An association keeps at least one person on its board."""


@dataclass(eq=False)
class AccountClosed(Refused):
    """The person's account has been closed."""


@dataclass(eq=False)
class RoleScopeWrong(Refused):
    """A role was asked for within a scope that it does not have."""

    role: str
    scope_kind: str


@dataclass(eq=False)
class RoleHeldAlready(Conflict):
    """The person holds this role within this scope now."""


@dataclass(eq=False)
class BoardAccountsOnly(Refused):
    """A slip replaces every other way in, so a board may issue one only where the person has none of their own."""


# --- catalogue, runs, places, attendance, settings --------------------------------------------------------------------


@dataclass(eq=False)
class RunNotOpen(Refused):
    """Places can be asked for only while the run is published."""

    state: str


@dataclass(eq=False)
class RegistrationClosed(Refused):
    """The run's registration has ended."""

    closed_on: date


class RunIsOver(Refused):
    """A course that has finished or was cancelled stays as it is."""


class RunEndsBeforeStart(Refused):
    """The last day lies before the first."""


@dataclass(eq=False)
class RegistrationClosesTooLate(Refused):
    """Registration would still be open when the course has begun."""

    starts_on: date


@dataclass(eq=False)
class CapacityBelowSeats(Refused):
    """More seats are given out than the run would have."""

    seats_taken: int


class RunLacksVenue(Refused):
    """Nobody would know where to go."""


class RunLacksSessions(Refused):
    """A run without dates cannot be published."""


@dataclass(eq=False)
class RunLacksModules(Refused):
    """Not every module of the level has a date."""

    count: int


class SessionEndsBeforeStart(Refused):
    """A session must end after it begins."""


@dataclass(eq=False)
class SessionOutsideRun(Refused):
    """A session lies before the run's first or after its last day."""

    session_on: date


@dataclass(eq=False)
class SessionsOverlap(Refused):
    """A session begins before the one before it has ended."""

    session_on: date


class TrainerUnknown(Refused):
    """Nobody has an account with this address."""


class CarrierExists(Conflict):
    """There is a carrier with this name already."""


class SessionHasMarks(Refused):
    """Attendance has been noted in the session, so it stays."""


@dataclass(eq=False)
class PrerequisiteMissing(Refused):
    """The certificate of the level before is missing. Both are titles of levels."""

    level: str
    required: str


@dataclass(eq=False)
class PlaceExists(Conflict):
    """The person has a place in this run already, or waits for one."""

    state: str


class NotOfAssociation(Refused):
    """The person is not a current member of the association that is to send them."""


@dataclass(eq=False)
class OfferLapsed(Refused):
    """The offer was answered after its deadline."""

    expired_at: datetime


class NoSeatFree(Refused):
    """Every seat is given out or held by an offer."""


@dataclass(eq=False)
class AssociationAtLimit(Refused):
    """The association has as many seats as one may have in this run."""

    limit: int


@dataclass(eq=False)
class AttendanceTooEarly(Refused):
    """Attendance is noted from the day of the session on."""

    session_on: date


@dataclass(eq=False)
class SettingOutOfRange(Refused):
    """The figure lies outside of what makes sense for this setting."""

    minimum: int
    maximum: int
