"""Making certificates anew: what is taken over, what is read again, and how the old one stops counting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.batches import Outcome
from services.certification.domain.certificates import CERTIFICATE_TRANSITIONS, CertificateState
from services.certification.domain.errors import ReissueImpossible
from services.certification.domain.log import LogKind
from services.certification.domain.permissions import Permission
from services.certification.domain.reissues import ReissueReason
from services.certification.domain.status import REVOKED_VALUE, StatusPurpose
from services.certification.models import Certificate, CertificateTemplate, LevelCompletion, PersonCopy
from services.certification.operations.achievements import LevelWords, default_wording
from services.certification.operations.issuing import Decided, Draft, issue_drafts
from services.certification.operations.issuing.grounds import facts_of, is_usable, read_words
from services.certification.operations.issuing.places import of_instant, of_person, of_place_anew
from services.certification.operations.log import add_to_log
from services.certification.operations.status import set_statuses
from services.certification.queries.certificates import lock_certificates
from services.certification.queries.completions import lock_completions
from services.certification.queries.people import people_of
from services.certification.queries.programme import runs_of
from services.certification.queries.templates import get_template, wording_of
from shared.db import audit
from shared.kernel.actor import Actor

#: What a certificate keeps of the one whose place it takes, where course and wording are not read anew.
_KEPT = (
    *("person_id", "place_id", "run_id", "level_code", "level_title", "modules", "template_version"),
    *("units_attended", "units_offered", "quizzes_passed", "assignments_accepted", "rubric_results", "fulfilled_on"),
    *("carrier_name", "run_title", "town", "starts_on", "ends_on"),
)


def reissue_one(
    session: Session, old: Certificate, *, reason: ReissueReason, actor: Actor, seal: Seal, now: datetime
) -> Certificate:
    """Make one anew whose row is locked. Raises ReissueImpossible."""
    if old.state is not CertificateState.ISSUED:
        raise ReissueImpossible(reason="not_valid")
    made = _reissue(session, [old], reason=reason, actor=actor, seal=seal, now=now)
    if old.id not in made:
        raise ReissueImpossible(reason="unknown")
    return made[old.id]


def reissue_many(
    session: Session, *, certificate_ids: Sequence[UUID], reason: ReissueReason, actor: Actor, seal: Seal, now: datetime
) -> list[Decided]:
    """Make many anew, for a batch: what became of each. What no longer counts is left as it is."""
    found = lock_certificates(session, certificate_ids=certificate_ids)
    counting = [old for old in found if old.state is CertificateState.ISSUED]
    made = _reissue(session, counting, reason=reason, actor=actor, seal=seal, now=now)
    decided = {certificate_id: Decided(certificate_id, Outcome.NOT_FOUND) for certificate_id in certificate_ids}
    for old in found:
        decided[old.id] = Decided(old.id, Outcome.HAD_ONE if old not in counting else Outcome.PERSON_MISSING)
    for old_id, certificate in made.items():
        decided[old_id] = Decided(old_id, Outcome.ISSUED, certificate.id)
    return list(decided.values())


@dataclass(frozen=True)
class _Sources:
    people: dict[UUID, PersonCopy]
    completions: dict[UUID, LevelCompletion]
    runs: dict[UUID, Any]
    words: dict[str, LevelWords]


def _reissue(
    session: Session,
    certificates: Sequence[Certificate],
    *,
    reason: ReissueReason,
    actor: Actor,
    seal: Seal,
    now: datetime,
) -> dict[UUID, Certificate]:
    """Old id -> new certificate. What cannot be made anew, because what it rests on is unknown, is left out."""
    sources = _read_sources(session, certificates, reason=reason, now=now)
    drafts: dict[UUID, Draft] = {}
    for old in certificates:
        facts = _facts_anew(old, sources, reason=reason)
        if facts is not None:
            drafts[old.id] = _draft(session, old, facts, sources, reason=reason, now=now)
            _supersede(session, old, actor=actor, reason=reason, now=now)
    made = issue_drafts(session, drafts=list(drafts.values()), seal=seal, now=now)
    _strike(session, [old for old in certificates if old.id in drafts], seal=seal, now=now)
    return {old_id: made[draft.certificate_id] for old_id, draft in drafts.items()}


def _read_sources(
    session: Session, certificates: Sequence[Certificate], *, reason: ReissueReason, now: datetime
) -> _Sources:
    people = people_of(session, person_ids={old.person_id for old in certificates})
    if not reason.looks_anew:
        return _Sources(people, {}, {}, {})
    completions = lock_completions(session, place_ids=[old.place_id for old in certificates])
    return _Sources(
        people=people,
        completions={completion.place_id: completion for completion in completions},
        runs=runs_of(session, run_ids={old.run_id for old in certificates}),
        words=read_words(session, codes={old.level_code for old in certificates}, now=now),
    )


def _facts_anew(old: Certificate, sources: _Sources, *, reason: ReissueReason) -> dict[str, Any] | None:
    """What the new certificate says, but for its instant; None where that is not known here."""
    person = sources.people.get(old.person_id)
    if person is None or not is_usable(person.full_name) or old.erased_at is not None:
        return None
    kept = {name: getattr(old, name) for name in _KEPT}
    if reason is ReissueReason.KEY_REVOKED:
        return kept | {"full_name": old.full_name, "language": old.language}
    if not reason.looks_anew:
        return kept | of_person(person)
    completion, run = sources.completions.get(old.place_id), sources.runs.get(old.run_id)
    words = sources.words.get(old.level_code)
    if completion is None or run is None or words is None or not facts_of(completion).is_complete:
        return None
    return of_place_anew(completion, words, run) | of_person(person)


def _draft(
    session: Session,
    old: Certificate,
    facts: dict[str, Any],
    sources: _Sources,
    *,
    reason: ReissueReason,
    now: datetime,
) -> Draft:
    instant = of_instant(now, fulfilled_on=facts["fulfilled_on"])
    words = sources.words[old.level_code] if reason.looks_anew else _words_then(session, old)
    link = {"state": CertificateState.ISSUED, "replaces_id": old.id, "reissue_reason": reason}
    return Draft(words=words, facts=facts | instant | link)


def _words_then(session: Session, old: Certificate) -> LevelWords:
    """The level as the old certificate describes it."""
    template: CertificateTemplate | None = None
    if old.template_version is not None:
        template = get_template(session, level_code=old.level_code, version=old.template_version)
    return LevelWords(
        code=old.level_code,
        title=old.level_title,
        modules=old.modules,
        template_version=old.template_version or 1,
        wording=wording_of(template) if template else default_wording(),
    )


def _supersede(session: Session, old: Certificate, *, actor: Actor, reason: ReissueReason, now: datetime) -> None:
    old.state = CERTIFICATE_TRANSITIONS.check(old.state, CertificateState.SUPERSEDED)
    old.superseded_at = now
    old.review_reason = old.review_opened_at = None
    audit.record(
        session,
        actor=actor,
        action=Permission.REISSUE_DECIDE,
        subject="certificate",
        subject_id=old.id,
        now=now,
        before={"state": CertificateState.ISSUED},
        after={"state": CertificateState.SUPERSEDED, "reason": reason},
    )


def _strike(session: Session, certificates: Sequence[Certificate], *, seal: Seal, now: datetime) -> None:
    """The status lists and the log say that the old ones no longer count. Enrollment reads it in CertificateIssued."""
    ids = [old.id for old in certificates]
    set_statuses(session, subject_ids=ids, purpose=StatusPurpose.REVOCATION, value=REVOKED_VALUE, seal=seal, now=now)
    for old in certificates:
        add_to_log(
            session,
            kind=LogKind.CERTIFICATE_REISSUED,
            subject_id=old.id,
            content=old.credential,
            salt=old.log_salt or "",
            now=now,
        )
