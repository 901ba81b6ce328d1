"""What certificates are made from, read once for many places, and what stands against making one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.domain.batches import Outcome
from services.certification.domain.certificates import AttendanceFact, Completion, ResultFact
from services.certification.domain.errors import TextRefused
from services.certification.domain.releases import ReleaseRule, ReleaseState
from services.certification.domain.templates import TemplateState
from services.certification.domain.text import clean_text
from services.certification.models import (
    Certificate,
    CertificateTemplate,
    LevelCompletion,
    LevelCopy,
    PersonCopy,
    ReleaseRequest,
    RunCopy,
)
from services.certification.operations.achievements import LevelWords, default_wording
from services.certification.queries.certificates import lock_certificates_of_places, valid_levels_of
from services.certification.queries.people import people_of
from services.certification.queries.programme import levels_of, runs_of
from services.certification.queries.releases import find_requests, present_release_rule
from services.certification.queries.templates import list_newest_templates, wording_of

NAME_LIMIT = 200


@dataclass(frozen=True)
class Decided:
    """What becomes of one place, and the certificate where one is made."""

    place_id: UUID
    outcome: Outcome
    certificate_id: UUID | None = None


@dataclass(frozen=True)
class Grounds:
    """Everything that certificates of these places are made from."""

    certificates: Mapping[UUID, Certificate]
    valid_levels: Mapping[UUID, frozenset[str]]
    people: Mapping[UUID, PersonCopy]
    runs: Mapping[UUID, RunCopy]
    words: Mapping[str, LevelWords]
    rule: ReleaseRule
    requests: Mapping[UUID, ReleaseRequest]
    #: Levels that this transaction has decided to certify already: two places of one person lead to one certificate.
    taken: set[tuple[UUID, str]] = field(default_factory=set)

    def objection(self, completion: LevelCompletion) -> Outcome | None:
        """Why no certificate is made for a place, or None where one is."""
        if not facts_of(completion).is_complete:
            return Outcome.FACT_MISSING
        if completion.place_id in self.certificates:
            return Outcome.HAD_ONE
        if completion.level_code in self.valid_levels[completion.person_id]:
            return Outcome.HAS_LEVEL
        return self._missing(completion) or self._held(completion) or self._second(completion)

    def _missing(self, completion: LevelCompletion) -> Outcome | None:
        person = self.people.get(completion.person_id)
        if person is None:
            return Outcome.PERSON_MISSING
        if not is_usable(person.full_name):
            return Outcome.NAME_UNUSABLE
        if completion.level_code not in self.words:
            return Outcome.LEVEL_MISSING
        return None if completion.run_id in self.runs else Outcome.RUN_MISSING

    def _held(self, completion: LevelCompletion) -> Outcome | None:
        request = self.requests.get(completion.place_id)
        if request is None:
            return Outcome.HELD if self.rule.holds(completion.level_code) else None
        if request.state is ReleaseState.RELEASED:
            return None
        return Outcome.REFUSED if request.state is ReleaseState.REFUSED else Outcome.HELD

    def _second(self, completion: LevelCompletion) -> Outcome | None:
        key = (completion.person_id, completion.level_code)
        if key in self.taken:
            return Outcome.HAS_LEVEL
        self.taken.add(key)
        return None


def read_grounds(session: Session, completions: Sequence[LevelCompletion], *, now: datetime) -> Grounds:
    """Read what these places need, in a fixed number of queries. Their rows must be locked."""
    place_ids = [completion.place_id for completion in completions]
    person_ids = {completion.person_id for completion in completions}
    return Grounds(
        certificates=lock_certificates_of_places(session, place_ids=place_ids),
        valid_levels=valid_levels_of(session, person_ids=person_ids),
        people=people_of(session, person_ids=person_ids),
        runs=runs_of(session, run_ids={completion.run_id for completion in completions}),
        words=read_words(session, codes={completion.level_code for completion in completions}, now=now),
        rule=present_release_rule(session),
        requests=find_requests(session, place_ids=place_ids),
    )


def read_words(session: Session, *, codes: Collection[str], now: datetime) -> dict[str, LevelWords]:
    """How certificates describe these levels today. A level without a template gets version 1; one that is unknown, or
    bears a name that must not be signed, is left out."""
    levels = {code: level for code, level in levels_of(session, codes=codes).items() if _is_signable(level)}
    templates = list_newest_templates(session, level_codes=levels)
    if missing := set(levels) - set(templates):
        ensure_first_templates(session, level_codes=missing, now=now)
        templates = list_newest_templates(session, level_codes=levels)
    return {code: words_of(level, templates[code]) for code, level in levels.items()}


def words_of(level: LevelCopy, template: CertificateTemplate) -> LevelWords:
    """A level as it is today, in the words of one version of its template."""
    return LevelWords(
        code=level.code,
        title=clean_text(level.title, field="level_title", limit=NAME_LIMIT),
        modules=[
            {"title": clean_text(module["title"], field="module", limit=NAME_LIMIT), "units": module["units"]}
            for module in level.modules
        ],
        template_version=template.version,
        wording=wording_of(template),
    )


def ensure_first_templates(session: Session, *, level_codes: Collection[str], now: datetime) -> None:
    """Write the programme's own words as published version 1 of levels that have none; two at once write one."""
    rows: list[dict[str, Any]] = [
        {
            "level_code": code,
            "version": 1,
            "state": TemplateState.PUBLISHED,
            **default_wording().to_values(),
            "saved_at": now,
            "published_at": now,
        }
        for code in sorted(level_codes)
    ]
    session.execute(insert(CertificateTemplate).values(rows).on_conflict_do_nothing())


def facts_of(completion: LevelCompletion) -> Completion:
    """The two facts of a place, as far as they have arrived."""
    attendance = result = None
    if completion.attendance_completed_on is not None:
        attendance = AttendanceFact(
            completed_on=completion.attendance_completed_on,
            units_attended=completion.units_attended or 0,
            units_offered=completion.units_offered or 0,
        )
    if completion.passed_on is not None:
        result = ResultFact(
            passed_on=completion.passed_on,
            quizzes_passed=completion.quizzes_passed or 0,
            assignments_accepted=completion.assignments_accepted or 0,
        )
    return Completion(place_id=completion.place_id, attendance=attendance, result=result)


def is_usable(full_name: str) -> bool:
    """Whether a name can stand on a certificate."""
    try:
        clean_text(full_name, field="full_name", limit=NAME_LIMIT)
    except TextRefused:
        return False
    return True


def _is_signable(level: LevelCopy) -> bool:
    try:
        for text in (level.title, *(module["title"] for module in level.modules)):
            clean_text(text, field="level_title", limit=NAME_LIMIT)
    except TextRefused:
        return False
    return True
