"""Places that are due: one when a fact arrives, many when something that they waited for does, or a batch."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.batches import Outcome
from services.certification.domain.certificates import AttendanceFact, CertificateState, ResultFact
from services.certification.domain.releases import RELEASE_TRANSITIONS, ReleaseState
from services.certification.domain.text import clean_text
from services.certification.models import LevelCompletion, PersonCopy, ReleaseRequest, RunCopy
from services.certification.operations.achievements import LevelWords
from services.certification.operations.issuing.grounds import NAME_LIMIT, Decided, Grounds, facts_of, read_grounds
from services.certification.operations.issuing.signing import Draft, issue_drafts
from services.certification.queries.completions import lock_completions
from shared.kernel.clock import PROGRAMME_ZONE


def issue_if_due(session: Session, *, completion: LevelCompletion, seal: Seal, now: datetime) -> Decided:
    """Issue the certificate of a place when both facts are there, once; appends CertificateIssued.

    The row of the place must be locked. Nothing is issued while the person's name, the level or the run has not
    arrived, while the person holds a valid certificate of the level, or while somebody has to release it. A certificate
    that was put before the office because a fact was missing is taken off the list when the fact is there again.
    """
    return _issue_due(session, [completion], seal=seal, now=now)[0]


def issue_waiting(session: Session, *, place_ids: Iterable[UUID], seal: Seal, now: datetime) -> None:
    """Try again for places that have both facts and waited for something else."""
    issue_places(session, place_ids=list(place_ids), seal=seal, now=now)


def issue_places(session: Session, *, place_ids: Collection[UUID], seal: Seal, now: datetime) -> list[Decided]:
    """Issue what is due among these places, and say what became of each. Appends CertificateIssued for each made."""
    if not place_ids:
        return []
    completions = lock_completions(session, place_ids=place_ids)
    decided = _issue_due(session, completions, seal=seal, now=now)
    known = {one.place_id for one in decided}
    return decided + [Decided(place_id, Outcome.NOT_FOUND) for place_id in place_ids if place_id not in known]


def _issue_due(session: Session, completions: Sequence[LevelCompletion], *, seal: Seal, now: datetime) -> list[Decided]:
    due = [completion for completion in completions if facts_of(completion).is_complete]
    outcomes = {completion.place_id: Decided(completion.place_id, Outcome.FACT_MISSING) for completion in completions}
    if not due:
        return list(outcomes.values())
    grounds = read_grounds(session, due, now=now)
    drafts: list[Draft] = []
    for completion in due:
        objection = grounds.objection(completion)
        if objection is None:
            drafts.append(_draft(completion, grounds, now=now))
        else:
            outcomes[completion.place_id] = Decided(completion.place_id, objection)
            _note(grounds, completion, objection)
    _hold(session, [c for c in due if outcomes[c.place_id].outcome is Outcome.HELD], now=now)
    issued = issue_drafts(session, drafts=drafts, seal=seal, now=now)
    for draft in drafts:
        place_id = draft.facts["place_id"]
        made = issued.get(draft.certificate_id)
        outcomes[place_id] = (
            Decided(place_id, Outcome.ISSUED, made.id) if made else Decided(place_id, Outcome.HAS_LEVEL)
        )
    return list(outcomes.values())


def _note(grounds: Grounds, completion: LevelCompletion, objection: Outcome) -> None:
    """What a fact that has returned changes at what is there already."""
    if objection is Outcome.HAD_ONE:
        existing = grounds.certificates[completion.place_id]
        existing.review_reason = None
        existing.review_opened_at = None
    request = grounds.requests.get(completion.place_id)
    if objection is Outcome.HELD and request is not None and request.state is ReleaseState.WITHDRAWN:
        request.state = RELEASE_TRANSITIONS.check(request.state, ReleaseState.WAITING)
        request.decided_at = None


def _hold(session: Session, completions: Sequence[LevelCompletion], *, now: datetime) -> None:
    """Put places before whoever may release them; those that wait already stay where they are."""
    rows: list[dict[str, Any]] = [
        {
            "place_id": completion.place_id,
            "person_id": completion.person_id,
            "level_code": completion.level_code,
            "state": ReleaseState.WAITING,
            "held_at": now,
        }
        for completion in completions
    ]
    if rows:
        session.execute(insert(ReleaseRequest).values(rows).on_conflict_do_nothing())


def of_place_anew(completion: LevelCompletion, words: LevelWords, run: RunCopy) -> dict[str, Any]:
    """Everything that a certificate says of course and results, as it stands now. Both facts must be there."""
    facts = facts_of(completion)
    assert facts.attendance is not None
    assert facts.result is not None
    return {**_of_place(completion, facts.attendance, facts.result), **_of_words(words), **_of_run(run)}


def _draft(completion: LevelCompletion, grounds: Grounds, *, now: datetime) -> Draft:
    words = grounds.words[completion.level_code]
    known = of_place_anew(completion, words, grounds.runs[completion.run_id])
    person = of_person(grounds.people[completion.person_id])
    instant = of_instant(now, fulfilled_on=known["fulfilled_on"])
    return Draft(words=words, facts={"state": CertificateState.ISSUED, **known, **person, **instant})


def of_person(person: PersonCopy) -> dict[str, Any]:
    """The name as its holder writes it now."""
    return {
        "full_name": clean_text(person.full_name, field="full_name", limit=NAME_LIMIT),
        "language": person.language,
    }


def of_instant(now: datetime, *, fulfilled_on: date) -> dict[str, Any]:
    """When it is issued: never before the day on which the conditions were met, whatever the clock says."""
    earliest = datetime.combine(fulfilled_on, time.min, PROGRAMME_ZONE)
    issued_at = max(now, earliest)
    return {"issued_at": issued_at, "issued_on": issued_at.astimezone(PROGRAMME_ZONE).date()}


def _of_place(completion: LevelCompletion, attendance: AttendanceFact, result: ResultFact) -> dict[str, Any]:
    return {
        "person_id": completion.person_id,
        "place_id": completion.place_id,
        "run_id": completion.run_id,
        "level_code": completion.level_code,
        "units_attended": attendance.units_attended,
        "units_offered": attendance.units_offered,
        "quizzes_passed": result.quizzes_passed,
        "assignments_accepted": result.assignments_accepted,
        "rubric_results": completion.rubric_results or None,
        "fulfilled_on": max(attendance.completed_on, result.passed_on),
    }


def _of_words(words: LevelWords) -> dict[str, Any]:
    return {
        "level_title": words.title,
        "modules": list(words.modules),
        "template_version": words.template_version,
    }


def _of_run(run: RunCopy) -> dict[str, Any]:
    return {
        "carrier_name": run.carrier_name,
        "run_title": run.title,
        "town": run.town,
        "starts_on": run.starts_on,
        "ends_on": run.ends_on,
    }
