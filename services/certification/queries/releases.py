"""Certificates that wait for a person, and the rule that holds them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.releases import DEFAULT_RELEASE_RULE, ReleaseRule, ReleaseState
from services.certification.models import (
    LevelCompletion,
    LevelCopy,
    PersonCopy,
    ReleaseRequest,
    ReleaseRuleVersion,
    RunCopy,
)
from shared.kernel.errors import NotFound


def present_release_rule(session: Session) -> ReleaseRule:
    """The rule that counts now: the highest version, or the programme's default before the first one."""
    row = session.scalars(sa.select(ReleaseRuleVersion).order_by(ReleaseRuleVersion.version.desc()).limit(1)).first()
    return DEFAULT_RELEASE_RULE if row is None else ReleaseRule(row.version, tuple(row.level_codes))


def list_release_rules(session: Session) -> list[ReleaseRuleVersion]:
    """All versions, the newest first."""
    return list(session.scalars(sa.select(ReleaseRuleVersion).order_by(ReleaseRuleVersion.version.desc())))


def find_requests(session: Session, *, place_ids: Collection[UUID]) -> dict[UUID, ReleaseRequest]:
    """The requests of these places, by place."""
    statement = sa.select(ReleaseRequest).where(ReleaseRequest.place_id.in_(place_ids))
    return {request.place_id: request for request in session.scalars(statement)}


def lock_request(session: Session, *, place_id: UUID) -> ReleaseRequest:
    """The request of a place, locked. Raises NotFound."""
    statement = sa.select(ReleaseRequest).where(ReleaseRequest.place_id == place_id).with_for_update()
    request = session.scalars(statement).one_or_none()
    if request is None:
        raise NotFound(kind="release_request")
    return request


@dataclass(frozen=True)
class HeldPlace:
    """One line of the queue: the request, and what the office needs to decide it."""

    request: ReleaseRequest
    completion: LevelCompletion
    full_name: str | None
    level_title: str | None
    run_title: str | None
    carrier_name: str | None


def list_held(
    session: Session, *, states: Collection[ReleaseState], person_id: UUID | None = None, limit: int = 200
) -> list[HeldPlace]:
    """Requests in these states, the longest waiting first."""
    statement = _held().where(ReleaseRequest.state.in_(states)).limit(limit)
    if person_id is not None:
        statement = statement.where(ReleaseRequest.person_id == person_id)
    return [HeldPlace(*row) for row in session.execute(statement)]


def get_held(session: Session, *, place_id: UUID) -> HeldPlace:
    """One request with what belongs to it. Raises NotFound."""
    row = session.execute(_held().where(ReleaseRequest.place_id == place_id)).one_or_none()
    if row is None:
        raise NotFound(kind="release_request")
    return HeldPlace(*row)


def _held() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            ReleaseRequest,
            LevelCompletion,
            PersonCopy.full_name,
            LevelCopy.title,
            RunCopy.title,
            RunCopy.carrier_name,
        )
        .join(LevelCompletion, LevelCompletion.place_id == ReleaseRequest.place_id)
        .outerjoin(PersonCopy, PersonCopy.person_id == ReleaseRequest.person_id)
        .outerjoin(LevelCopy, LevelCopy.code == ReleaseRequest.level_code)
        .outerjoin(RunCopy, RunCopy.run_id == LevelCompletion.run_id)
        .order_by(ReleaseRequest.held_at, ReleaseRequest.place_id)
    )
