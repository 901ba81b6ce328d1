"""Keeping the local copies of levels, modules and course runs."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.coursework.models import LevelCopy, ModuleCopy, RunCopy
from shared.contracts.enrollment import LevelChanged, RunChanged


def keep_level(session: Session, *, event: LevelChanged) -> None:
    """Know a level and exactly its present modules."""
    session.merge(LevelCopy(code=event.code, level_id=event.level_id, title=event.title, position=event.position))
    # The modules refer to the level's row, and the ORM knows of no relation that would put it first.
    session.flush()
    kept = [module.code for module in event.modules]
    session.execute(delete(ModuleCopy).where(ModuleCopy.level_code == event.code, ModuleCopy.code.not_in(kept)))
    for module in event.modules:
        session.merge(
            ModuleCopy(
                code=module.code,
                level_code=event.code,
                title=module.title,
                units=module.units,
                position=module.position,
            )
        )


def keep_run(session: Session, *, event: RunChanged) -> None:
    """Know a course run as it now is."""
    session.merge(
        RunCopy(
            run_id=event.run_id,
            level_code=event.level_code,
            title=event.title,
            town=event.town,
            carrier_name=event.carrier_name,
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            state=event.state,
            trainer_ids=list(event.trainer_ids),
        )
    )
