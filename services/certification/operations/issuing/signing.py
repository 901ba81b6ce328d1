"""From facts to certificates: number, credential in both formats, status entry, log entry and event, many at once."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.credential import Achievement, Credential, HashedName, StatusEntry
from services.certification.domain.keys import KeyPurpose
from services.certification.domain.log import LogKind
from services.certification.domain.numbers import new_number
from services.certification.domain.status import StatusPurpose
from services.certification.domain.templates import ShownResult
from services.certification.models import Certificate, StatusList
from services.certification.models import StatusEntry as StatusRow
from services.certification.operations.achievements import LevelWords, describe_achievement, reached_results
from services.certification.operations.keys import present_key
from services.certification.operations.log import add_all_to_log
from services.certification.operations.passes import weigh_passes
from services.certification.operations.status import allocate_entries
from services.certification.operations.webhooks import announce_all
from services.certification.queries.passes import list_associations_of_people
from shared.contracts.certification import CertificateIssued, DocumentsDue
from shared.kernel.clock import PROGRAMME_ZONE
from shared.kernel.ids import new_id
from shared.messaging import outbox

#: Documents of one message: a tenth of a second's work, so that whoever waits for something else has a turn.
_DOCUMENTS_AT_ONCE = 4
#: Where many are issued at once all are issued first: drawing takes ten times as long. Who asks for a document before
#: gets it at once (DocumentWanted).
_MANY_DOCUMENTS_REST = timedelta(seconds=45)


@dataclass(frozen=True)
class Draft:
    """One certificate before it is signed: every column that nothing here draws or works out."""

    words: LevelWords
    facts: dict[str, Any]
    certificate_id: UUID = field(default_factory=new_id)


def issue_drafts(session: Session, *, drafts: Sequence[Draft], seal: Seal, now: datetime) -> dict[UUID, Certificate]:
    """Sign and store; appends CertificateIssued and a log entry for each, and DocumentsDue; weighs passes.

    Left out are those that somebody else has issued at the same moment: the database lets one certificate count for a
    place, and one for a person and level. The answer holds copies by id, none of them tied to the session.
    """
    if not drafts:
        return {}
    made = _insert(session, [_certificate(draft) for draft in drafts], drafts, seal=seal, now=now)
    events = [_issued_event(certificate, seal) for certificate in made.values()]
    outbox.append_all(session, events, now=now)
    _have_documents_made(session, list(made), now=now)
    announce_all(session, events=events, now=now)
    people = {certificate.person_id for certificate in made.values()}
    associations = list_associations_of_people(session, person_ids=people)
    weigh_passes(session, association_ids=associations, now=now)
    add_all_to_log(
        session,
        kind=LogKind.CERTIFICATE_ISSUED,
        bound=[(certificate.id, certificate.credential, certificate.log_salt or "") for certificate in made.values()],
        now=now,
    )
    return made


def _insert(
    session: Session, certificates: Sequence[Certificate], drafts: Sequence[Draft], *, seal: Seal, now: datetime
) -> dict[UUID, Certificate]:
    session.flush()  # What a new one supersedes must have stopped counting.
    ids = [certificate.id for certificate in certificates]
    entries = allocate_entries(session, purpose=StatusPurpose.REVOCATION, subject_ids=ids, seal=seal, now=now)
    key = present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal, now=now)
    described: dict[int, Achievement] = {}
    for certificate, draft in zip(certificates, drafts, strict=True):
        status_list, index = entries[certificate.id]
        certificate.status_list_id, certificate.status_index = status_list.id, index
        achievement = _achievement(draft, described, seal=seal)
        credential = _credential(certificate, draft.words, achievement, status_list, seal=seal)
        signed = sign_credential(credential, key=key, now=now)
        certificate.credential, certificate.credential_jwt = signed.text, signed.jwt
        certificate.credential_sha256 = hashlib.sha256(signed.text.encode()).hexdigest()
    # In one order of people, so that two who issue for the same ones wait for each other in one direction only.
    rows = [_row(certificate) for certificate in sorted(certificates, key=lambda made: (made.person_id, made.place_id))]
    # Rows one by one in a pipeline, and then a look: one statement for all of them takes the driver longer to read.
    session.execute(insert(_TABLE).on_conflict_do_nothing(), rows)
    stored = set(session.scalars(sa.select(_TABLE.c.id).where(_TABLE.c.id.in_(ids))))
    _give_back(session, [certificate for certificate in certificates if certificate.id not in stored])
    return {certificate.id: certificate for certificate in certificates if certificate.id in stored}


_TABLE: sa.Table = Certificate.__table__  # type: ignore[assignment]


def _row(certificate: Certificate) -> dict[str, Any]:
    """The columns that were set; the database and the models fill in the others."""
    return {column.key: vars(certificate)[column.key] for column in _TABLE.columns if column.key in vars(certificate)}


def _give_back(session: Session, refused: Sequence[Certificate]) -> None:
    """Status entries that speak for nothing."""
    for certificate in refused:
        session.execute(
            sa.delete(StatusRow).where(
                StatusRow.status_list_id == certificate.status_list_id,
                StatusRow.index == certificate.status_index,
                StatusRow.subject_id == certificate.id,
            )
        )


def _certificate(draft: Draft) -> Certificate:
    return Certificate(id=draft.certificate_id, number=new_number(), log_salt=secrets.token_hex(16), **draft.facts)


def _achievement(draft: Draft, described: dict[int, Achievement], *, seal: Seal) -> Achievement:
    """Worked out once for all drafts that share their words; only points of rubrics make it somebody's own."""
    rubric_results = draft.facts["rubric_results"]
    if rubric_results:
        return describe_achievement(draft.words, seal=seal, rubric_results=rubric_results)
    key = id(draft.words)
    if key not in described:
        described[key] = describe_achievement(draft.words, seal=seal)
    return described[key]


def _credential(
    certificate: Certificate, words: LevelWords, achievement: Achievement, status_list: StatusList, *, seal: Seal
) -> Credential:
    _ = sentences(PROGRAMME_LANGUAGE)
    shows_attendance = ShownResult.ATTENDANCE in words.wording.shown_results
    return Credential(
        url=seal.verification_url(certificate.number),
        subject_id=f"urn:uuid:{uuid4()}",
        name=_("Certificate: %(level)s") % {"level": achievement.name},
        issuer=seal.issuer,
        valid_from=certificate.issued_at,
        holder=HashedName.of(certificate.full_name, salt=secrets.token_hex(16)),
        achievement=achievement,
        units_attended=certificate.units_attended if shows_attendance else None,
        activity_started_at=datetime.combine(certificate.starts_on, time.min, PROGRAMME_ZONE),
        activity_ended_at=datetime.combine(certificate.ends_on, time.min, PROGRAMME_ZONE),
        status=StatusEntry(
            list_url=seal.status_url(status_list.code),
            index=certificate.status_index,
            purpose=status_list.purpose.value,
        ),
        results=reached_results(
            words,
            seal=seal,
            quizzes_passed=certificate.quizzes_passed,
            assignments_accepted=certificate.assignments_accepted,
            rubric_results=certificate.rubric_results,
        ),
    )


def _have_documents_made(session: Session, certificate_ids: Sequence[UUID], *, now: datetime) -> None:
    starts = range(0, len(certificate_ids), _DOCUMENTS_AT_ONCE)
    events = [DocumentsDue(certificate_ids=tuple(certificate_ids[at : at + _DOCUMENTS_AT_ONCE])) for at in starts]
    is_many = len(certificate_ids) > _DOCUMENTS_AT_ONCE
    outbox.append_all(session, events, now=now, due_at=now + _MANY_DOCUMENTS_REST if is_many else now)


def _issued_event(certificate: Certificate, seal: Seal) -> CertificateIssued:
    return CertificateIssued(
        certificate_id=certificate.id,
        number=certificate.number,
        person_id=certificate.person_id,
        run_id=certificate.run_id,
        level_code=certificate.level_code,
        issued_on=certificate.issued_on,
        verification_url=seal.verification_url(certificate.number),
        replaces_id=certificate.replaces_id,
    )
