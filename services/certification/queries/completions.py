"""What is known of places: attendance, results."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.models import Certificate, LevelCompletion, ReleaseRequest


def lock_completion(
    session: Session, *, place_id: UUID, run_id: UUID, person_id: UUID, level_code: str
) -> LevelCompletion:
    """The row of a place, made where it is new, locked: whoever brings the second fact waits for the first."""
    values = {"place_id": place_id, "run_id": run_id, "person_id": person_id, "level_code": level_code}
    session.execute(insert(LevelCompletion).values(values).on_conflict_do_nothing())
    statement = sa.select(LevelCompletion).where(LevelCompletion.place_id == place_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def list_waiting_places(
    session: Session, *, person_id: UUID | None = None, run_id: UUID | None = None, level_code: str | None = None
) -> list[UUID]:
    """Places with both facts and no certificate, of one person, run or level: something else was still missing.

    Left out are places that wait for somebody's decision, and those of people who hold the level by another place.
    """
    statement = sa.select(LevelCompletion.place_id).where(_is_waiting()).order_by(LevelCompletion.place_id)
    if person_id is not None:
        statement = statement.where(LevelCompletion.person_id == person_id)
    if run_id is not None:
        statement = statement.where(LevelCompletion.run_id == run_id)
    if level_code is not None:
        statement = statement.where(LevelCompletion.level_code == level_code)
    return list(session.scalars(statement))


def list_fulfilled_places(session: Session, *, run_id: UUID) -> list[UUID]:
    """Places of a run with both facts, certified or not."""
    statement = sa.select(LevelCompletion.place_id).where(
        LevelCompletion.run_id == run_id,
        LevelCompletion.attendance_completed_on.is_not(None),
        LevelCompletion.passed_on.is_not(None),
    )
    return list(session.scalars(statement.order_by(LevelCompletion.place_id)))


def list_waiting_completions(session: Session, *, limit: int) -> list[LevelCompletion]:
    """What the office looks at: both facts, no certificate, the oldest facts first."""
    statement = sa.select(LevelCompletion).where(_is_waiting())
    return list(session.scalars(statement.order_by(LevelCompletion.passed_on, LevelCompletion.place_id).limit(limit)))


def _is_waiting() -> sa.ColumnElement[bool]:
    of_place = sa.exists().where(Certificate.place_id == LevelCompletion.place_id)
    of_level = sa.exists().where(
        Certificate.person_id == LevelCompletion.person_id,
        Certificate.level_code == LevelCompletion.level_code,
        Certificate.state == CertificateState.ISSUED,
    )
    is_asked = sa.exists().where(ReleaseRequest.place_id == LevelCompletion.place_id)
    return sa.and_(
        LevelCompletion.attendance_completed_on.is_not(None),
        LevelCompletion.passed_on.is_not(None),
        ~of_place,
        ~of_level,
        ~is_asked,
    )


def lock_completions(session: Session, *, place_ids: Collection[UUID]) -> list[LevelCompletion]:
    """These places, locked in one order; what is unknown here is left out."""
    statement = (
        sa.select(LevelCompletion)
        .where(LevelCompletion.place_id.in_(place_ids))
        .order_by(LevelCompletion.place_id)
        .with_for_update()
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))
