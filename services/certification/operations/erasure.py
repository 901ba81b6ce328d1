"""Erasing a person: what says who somebody is goes, what says that something was issued stays (GDPR, Art. 17)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import Certificate
from services.certification.operations.documents import forget_documents
from services.certification.queries.erasure import (
    delete_what_belongs_to,
    empty_letters_of,
    lock_all_certificates_of,
)
from shared.db import audit
from shared.documents import Documents
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require


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
