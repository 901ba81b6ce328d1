"""Refusals: what a rule can answer instead of doing what was asked.

A refusal carries facts as attributes and no sentence; `web` and `api` hold one table that turns its class into
a status and a translated sentence. Declare one as a dataclass with `eq=False` (an exception must stay hashable):

    @dataclass(eq=False)
    class RunFull(Refused):
        waiting: int
"""

from dataclasses import dataclass


class DomainError(Exception):
    """The root of every refusal. Never raised itself."""


class Refused(DomainError):
    """A rule of the programme says no (422)."""


class Conflict(DomainError):
    """The thing has changed meanwhile, or exists already (409)."""


@dataclass(eq=False)
class NotFound(DomainError):
    """There is no such thing for this person (404). A row of a foreign association is not found, never forbidden."""

    kind: str


@dataclass(eq=False)
class NotPermitted(DomainError):
    """The person may see the thing, but may not do this with it (403)."""

    permission: str


@dataclass(eq=False)
class SecondFactorNeeded(DomainError):
    """A staff role counts only after a second factor (403, with the way to give one)."""


@dataclass(eq=False)
class TooManyAttempts(DomainError):
    """Guessing is slowed down (429)."""

    retry_after_seconds: int


class Unavailable(DomainError):
    """Something outside that this needs is away; nothing was changed, and trying again later is right (503)."""


@dataclass(eq=False)
class TransitionRefused(Conflict):
    """The subject's table of transitions has no way from its present state to the one asked for."""

    subject: str
    state: str
    wanted: str
