"""Erasing a person: what says who somebody is goes, what says that something was issued stays (GDPR, Art. 17)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.errors import NameNotConfirmed, NothingToErase
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.text import comparable_name
from services.certification.models import Certificate
from services.certification.operations.documents import forget_documents
from services.certification.queries.certificates import list_certificates_of
from services.certification.queries.erasure import (
    count_what_belongs_to,
    delete_what_belongs_to,
    empty_letters_of,
    lock_all_certificates_of,
)
from services.certification.queries.people import names_of
from shared.db import audit
from shared.documents import Documents
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class Erasure:
    """What erasing somebody would mean: the present name and those on certificates, each once; the certificates that
    bear one, none where everything was erased before; and how much belongs to them."""

    names: tuple[str, ...]
    certificates: tuple[Certificate, ...]
    belongings: int


def read_erasure(session: Session, *, actor: Actor, person_id: UUID) -> Erasure:
    """What erasing this person would take away. Raises NotFound for whoever is unknown here."""
    require(PERMISSIONS, actor, Permission.PERSON_ERASE, Facts())
    owned = list_certificates_of(session, person_id=person_id)
    present = names_of(session, person_ids=[person_id])
    if not owned and not present:
        raise NotFound(kind="person")
    bearing = tuple(certificate for certificate in owned if certificate.erased_at is None)
    return Erasure(
        names=tuple(dict.fromkeys([*present.values(), *(certificate.full_name for certificate in bearing)])),
        certificates=bearing,
        belongings=count_what_belongs_to(session, certificate_ids=[certificate.id for certificate in owned]),
    )


def erase_named_person(
    session: Session, *, actor: Actor, person_id: UUID, typed_name: str, documents: Documents, now: datetime
) -> int:
    """Like `erase_person`, after somebody has typed one of the person's names; how many certificates were emptied.

    Case, punctuation and spacing do not matter. Raises NotFound, NothingToErase, NameNotConfirmed.
    """
    planned = read_erasure(session, actor=actor, person_id=person_id)
    if not planned.certificates:
        raise NothingToErase
    if comparable_name(typed_name) not in map(comparable_name, planned.names):
        raise NameNotConfirmed
    return erase_person(session, actor=actor, person_id=person_id, documents=documents, now=now)


def erase_person(session: Session, *, actor: Actor, person_id: UUID, documents: Documents, now: datetime) -> int:
    """Take somebody out of our copies of their certificates; how many were emptied by this call.

    Gone are the name, the credential's text with its salted hashes, the salt of the trust log, the files, and whatever
    was written about them. Number, level, days, state, status entry and log entry stay: a certificate in the holder's
    own hands can still be checked for being revoked, and nobody can say from our data whose it was. Closing an account
    does not do this, since certificates outlive accounts; the office does it when somebody asks for it. Files go first:
    a fault in between leaves a certificate that is rendered again, and erasing again is always safe.
    """
    require(PERMISSIONS, actor, Permission.PERSON_ERASE, Facts())
    certificates = lock_all_certificates_of(session, person_id=person_id)
    fresh = [certificate for certificate in certificates if certificate.erased_at is None]
    for certificate in fresh:
        forget_documents(session, subject_id=certificate.id, documents=documents)
        _empty(session, certificate, actor=actor, now=now)
    delete_what_belongs_to(session, certificate_ids=[certificate.id for certificate in certificates])
    empty_letters_of(session, person_id=person_id)
    audit.record(
        session,
        actor=actor,
        action=Permission.PERSON_ERASE,
        subject="person",
        subject_id=person_id,
        now=now,
        after={"certificates": len(fresh)},
    )
    return len(fresh)


def _empty(session: Session, certificate: Certificate, *, actor: Actor, now: datetime) -> None:
    certificate.full_name = certificate.credential = ""
    certificate.credential_jwt = certificate.log_salt = certificate.revocation_note = None
    certificate.erased_at = now
    audit.record(
        session,
        actor=actor,
        action=Permission.PERSON_ERASE,
        subject="certificate",
        subject_id=certificate.id,
        now=now,
        after={"erased": True},
    )
