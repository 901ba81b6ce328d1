"""Results of a level: settled in the transaction of whatever decides them."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.coursework.domain.places import PlaceState
from services.coursework.domain.results import ResultChange, Standing, decide, stand
from services.coursework.models import LevelResult, PlaceCopy
from services.coursework.queries import results as result_queries
from services.coursework.queries import rules as rule_queries
from shared.contracts.coursework import LevelPassed, LevelReopened, RubricResult
from shared.kernel.clock import programme_date
from shared.messaging import outbox


def settle_level(session: Session, *, place: PlaceCopy, now: datetime) -> ResultChange:
    """Compare what is done with what counts, and say so once: LevelPassed, or LevelReopened after a correction.

    The caller holds the place's row locked, so that two deciding facts at once are seen one after the other. A
    released place is not settled; its result stays as it was.
    """
    if place.state is not PlaceState.CONFIRMED:
        return ResultChange.NONE
    session.flush()  # The deciding fact must be seen by the queries below.
    rules = rule_queries.get_rules(session, level_code=place.level_code)
    work = result_queries.list_work(session, place_ids=[place.place_id], level_code=place.level_code, rules=rules)
    standing = stand(work[place.place_id])
    result = result_queries.find_result(session, place_id=place.place_id)
    change = decide(standing, was_passed=result is not None and result.passed_on is not None)
    if change is not ResultChange.NONE:
        _store(session, result=result, place=place, standing=standing, now=now)
        _tell(session, change=change, place=place, standing=standing, now=now)
    return change


def _store(
    session: Session, *, result: LevelResult | None, place: PlaceCopy, standing: Standing, now: datetime
) -> None:
    if result is None:
        result = LevelResult(place_id=place.place_id)
        session.add(result)
    result.passed_on = programme_date(now) if standing.is_complete else None
    result.quizzes_passed = standing.quizzes_passed
    result.assignments_accepted = standing.assignments_accepted
    result.changed_at = now


def _tell(session: Session, *, change: ResultChange, place: PlaceCopy, standing: Standing, now: datetime) -> None:
    if change is ResultChange.PASSED:
        passed = LevelPassed(
            place_id=place.place_id,
            run_id=place.run_id,
            person_id=place.person_id,
            level_code=place.level_code,
            passed_on=programme_date(now),
            quizzes_passed=standing.quizzes_passed,
            assignments_accepted=standing.assignments_accepted,
            rubric_results=tuple(
                RubricResult(title=work.title, points=work.points, points_most=work.points_most)
                for work in result_queries.list_accepted_work(session, place_id=place.place_id)
            ),
        )
        outbox.append(session, passed, now=now)
        return
    reopened = LevelReopened(
        place_id=place.place_id, run_id=place.run_id, person_id=place.person_id, level_code=place.level_code
    )
    outbox.append(session, reopened, now=now)
