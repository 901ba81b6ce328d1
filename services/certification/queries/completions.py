"""What is known of places: attendance, results."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.models import Certificate, LevelCompletion


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
    """Places with both facts and no certificate, of one person, run or level: something else was still missing."""
    statement = (
        sa.select(LevelCompletion.place_id)
        .outerjoin(Certificate, Certificate.place_id == LevelCompletion.place_id)
        .where(
            LevelCompletion.attendance_completed_on.is_not(None),
            LevelCompletion.passed_on.is_not(None),
            Certificate.id.is_(None),
        )
        .order_by(LevelCompletion.place_id)
    )
    if person_id is not None:
        statement = statement.where(LevelCompletion.person_id == person_id)
    if run_id is not None:
        statement = statement.where(LevelCompletion.run_id == run_id)
    if level_code is not None:
        statement = statement.where(LevelCompletion.level_code == level_code)
    return list(session.scalars(statement))


def lock_known_completion(session: Session, *, place_id: UUID) -> LevelCompletion:
    """The row of a place that is known to be there, locked."""
    return session.scalars(
        sa.select(LevelCompletion).where(LevelCompletion.place_id == place_id).with_for_update()
    ).one()
