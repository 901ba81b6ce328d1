"""Endorsements: the holder asks, a named person writes, the holder consents, and either takes it back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.endorsements import (
    ENDORSEMENT_TRANSITIONS,
    ENDORSEMENTS_LIMIT,
    TEXT_LIMIT,
    EndorsementState,
    EndorserRole,
)
from services.certification.domain.errors import ListFull, OwnEndorsement
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.shares import new_share_token
from services.certification.domain.text import clean_paragraphs, clean_text
from services.certification.models import Certificate, Endorsement
from services.certification.operations.shares import own_certificate
from services.certification.queries.certificates import get_certificate_by_id
from services.certification.queries.endorsements import (
    associations_of,
    get_endorsement,
    list_endorsements,
    lock_endorsement,
)
from services.certification.queries.people import find_person
from shared.kernel.actor import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require

_NAME_LIMIT = 150


@dataclass(frozen=True)
class EndorsementRequest:
    """What the endorser sees: who asks, for what, and what was written so far."""

    endorsement: Endorsement
    holder_name: str
    level_title: str


def ask_endorsement(session: Session, *, actor: Actor, number: str, asked_name: str, now: datetime) -> None:
    """Make a request; its link is the holder's to pass on. Raises ListFull, TextRefused."""
    certificate = own_certificate(session, actor=actor, number=number, locked=True)
    if len(list_endorsements(session, certificate_id=certificate.id)) >= ENDORSEMENTS_LIMIT:
        raise ListFull(limit=ENDORSEMENTS_LIMIT)
    session.add(
        Endorsement(
            id=new_id(),
            certificate_id=certificate.id,
            token=new_share_token(),
            asked_name=clean_text(asked_name, field="asked_name", limit=_NAME_LIMIT),
            asked_at=now,
            state=EndorsementState.ASKED,
            is_shown=False,
        )
    )


def show_endorsement(session: Session, *, actor: Actor, number: str, endorsement_id: UUID, is_shown: bool) -> None:
    """The holder agrees that a text is seen, or no longer does."""
    endorsement = _own_endorsement(session, actor=actor, number=number, endorsement_id=endorsement_id)
    endorsement.is_shown = is_shown and endorsement.state is EndorsementState.GIVEN


def take_out_endorsement(session: Session, *, actor: Actor, number: str, endorsement_id: UUID) -> None:
    """The holder no longer wants a request or a text: it is deleted."""
    session.delete(_own_endorsement(session, actor=actor, number=number, endorsement_id=endorsement_id))


def read_request(session: Session, *, actor: Actor, token: str) -> EndorsementRequest:
    """The request of a link, for whoever is signed in and may answer it. Raises NotFound, OwnEndorsement."""
    require(PERMISSIONS, actor, Permission.ENDORSEMENT_GIVE, Facts())
    endorsement = get_endorsement(session, token=token)
    certificate = _answerable(session, endorsement, actor=actor)
    return EndorsementRequest(endorsement, certificate.full_name, certificate.level_title)


def give_endorsement(session: Session, *, actor: Actor, token: str, text: str, now: datetime) -> None:
    """Write or change a text. It bears the name and role that the platform knows; what was shown before is hidden until
    the holder has read the new one. Raises NotFound, OwnEndorsement, TextRefused.
    """
    require(PERMISSIONS, actor, Permission.ENDORSEMENT_GIVE, Facts())
    endorsement = lock_endorsement(session, endorsement_id=get_endorsement(session, token=token).id)
    certificate = _answerable(session, endorsement, actor=actor)
    person = find_person(session, person_id=actor.person_id) if actor.person_id else None
    if person is None:
        raise NotFound(kind="person")
    role = _role_of(session, actor, certificate)
    endorsement.state = ENDORSEMENT_TRANSITIONS.check(endorsement.state, EndorsementState.GIVEN)
    endorsement.endorser_id = person.person_id
    endorsement.endorser_name = person.full_name
    endorsement.endorser_role = role
    endorsement.text = clean_paragraphs(text, field="text", limit=TEXT_LIMIT)
    endorsement.given_at = now
    endorsement.is_shown = False


def withdraw_endorsement(session: Session, *, actor: Actor, token: str) -> None:
    """The endorser takes the text back; it is deleted at once."""
    require(PERMISSIONS, actor, Permission.ENDORSEMENT_GIVE, Facts())
    endorsement = lock_endorsement(session, endorsement_id=get_endorsement(session, token=token).id)
    _answerable(session, endorsement, actor=actor)
    endorsement.state = ENDORSEMENT_TRANSITIONS.check(endorsement.state, EndorsementState.WITHDRAWN)
    endorsement.endorser_id = actor.person_id
    endorsement.endorser_name = endorsement.endorser_role = endorsement.text = endorsement.given_at = None
    endorsement.is_shown = False


def _own_endorsement(session: Session, *, actor: Actor, number: str, endorsement_id: UUID) -> Endorsement:
    certificate = own_certificate(session, actor=actor, number=number)
    endorsement = lock_endorsement(session, endorsement_id=endorsement_id)
    if endorsement.certificate_id != certificate.id:
        raise NotFound(kind="endorsement")
    return endorsement


def _answerable(session: Session, endorsement: Endorsement, *, actor: Actor) -> Certificate:
    """The certificate that a request is about. Whoever has answered first is the only one who can change it."""
    certificate = get_certificate_by_id(session, certificate_id=endorsement.certificate_id)
    if actor.person_id == certificate.person_id:
        raise OwnEndorsement
    if endorsement.endorser_id is not None and endorsement.endorser_id != actor.person_id:
        raise NotFound(kind="endorsement")
    return certificate


def _role_of(session: Session, actor: Actor, certificate: Certificate) -> EndorserRole:
    """What the platform knows of the two: trainer of that course, board of an association of the holder, office."""
    if actor.holds(Role.TRAINER, certificate.run_id):
        return EndorserRole.TRAINER
    associations = associations_of(session, person_id=certificate.person_id)
    if any(actor.holds(Role.BOARD, association_id) for association_id in associations):
        return EndorserRole.BOARD
    return EndorserRole.OFFICE if actor.holds(Role.OFFICE) else EndorserRole.PERSON
