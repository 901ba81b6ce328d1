"""Keeping the copies of levels and course runs."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.models import LevelCopy, RunCopy
from services.certification.operations.issuing import issue_waiting
from services.certification.queries.completions import list_waiting_places
from shared.contracts.codec import encode
from shared.contracts.enrollment import LevelChanged, RunChanged


def keep_level(session: Session, *, event: LevelChanged, seal: Seal, now: datetime) -> None:
    """Take over a level; issue what waited for it. Certificates that were issued stay as they are."""
    values = {
        "code": event.code,
        "title": event.title,
        "position": event.position,
        "modules": encode(event.modules),
    }
    statement = insert(LevelCopy).values(level_id=event.level_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["level_id"], set_=values))
    issue_waiting(session, place_ids=list_waiting_places(session, level_code=event.code), seal=seal, now=now)


def keep_run(session: Session, *, event: RunChanged, seal: Seal, now: datetime) -> None:
    """Take over a course run; issue what waited for it."""
    values = {
        "level_code": event.level_code,
        "title": event.title,
        "town": event.town,
        "region_code": event.region_code,
        "carrier_id": event.carrier_id,
        "carrier_name": event.carrier_name,
        "starts_on": event.starts_on,
        "ends_on": event.ends_on,
    }
    statement = insert(RunCopy).values(run_id=event.run_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["run_id"], set_=values))
    issue_waiting(session, place_ids=list_waiting_places(session, run_id=event.run_id), seal=seal, now=now)
