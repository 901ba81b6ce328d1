"""The making of an account, which signing up and a board's "new member" share."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.people import PersonState, tidy_language, tidy_name
from services.enrollment.domain.slips import new_personal_code
from services.enrollment.models.people import Person
from services.enrollment.queries.people import find_person_by_name
from shared.kernel.ids import new_id


def add_person(session: Session, *, full_name: str, language: str, now: datetime) -> Person:
    """A new account without any way in yet, locked by being new. The caller records and announces it."""
    person = Person(
        id=new_id(),
        full_name=tidy_name(full_name),
        personal_code=_free_personal_code(session),
        language=tidy_language(language),
        session_version=1,
        state=PersonState.ACTIVE,
        created_at=now,
    )
    session.add(person)
    session.flush()
    return person


def _free_personal_code(session: Session) -> str:
    """191 million codes: a second draw is rare, and the unique constraint stands behind it."""
    while find_person_by_name(session, code := new_personal_code()) is not None:
        pass
    return code
