"""Keeping the copies of people."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.models import PersonCopy
from services.certification.operations.issuing import issue_waiting
from services.certification.operations.passes import weigh_passes_of
from services.certification.queries.completions import list_waiting_places
from shared.contracts.codec import encode
from shared.contracts.enrollment import PersonChanged


def keep_person(session: Session, *, event: PersonChanged, seal: Seal, now: datetime) -> None:
    """Take over the present state of a person; issue what waited for the name, weigh their associations' passes."""
    values = {
        "full_name": event.full_name,
        "language": event.language,
        "session_version": event.session_version,
        "is_active": event.is_active,
        "roles": encode(event.roles),
    }
    statement = insert(PersonCopy).values(person_id=event.person_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    issue_waiting(session, place_ids=list_waiting_places(session, person_id=event.person_id), seal=seal, now=now)
    weigh_passes_of(session, person_id=event.person_id, now=now)
