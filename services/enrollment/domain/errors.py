"""Named refusals of enrollment. Facts only; the sentences are in `web/sentences.py`."""

from dataclasses import dataclass

from shared.kernel.errors import Conflict, Refused

# --- people, sign-in, associations, memberships, roles ---------------------------------------------------------------


@dataclass(eq=False)
class CredentialsWrong(Refused):
    """Name and secret do not belong together. Never says which of the two is wrong."""


@dataclass(eq=False)
class LinkUnusable(Refused):
    """A one-time link is unknown, used or older than it may be."""


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


# --- catalogue, runs, places, attendance, settings ---------------------------------------------------------------------
