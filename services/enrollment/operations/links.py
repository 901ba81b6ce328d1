"""One-time links by mail: to sign in, to confirm an address. A link works once and for a limited time."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.errors import ConfirmationNeedsSignIn, LinkUnusable
from services.enrollment.domain.letters import Letter
from services.enrollment.domain.people import PersonState, tidy_email
from services.enrollment.domain.sign_in import LINK_LIFE, LinkPurpose, SignedIn, SignInMethod, check_link
from services.enrollment.models.credentials import OneTimeLink, PasswordHash
from services.enrollment.models.people import Person
from services.enrollment.operations.announcements import announce_person
from services.enrollment.operations.notifications import tell_person
from services.enrollment.operations.people import lock_own_row
from services.enrollment.operations.second_factor import check_second_factor_given
from services.enrollment.operations.sign_in import note_sign_in
from services.enrollment.queries.credentials import (
    find_live_slip,
    find_pending_confirmation,
    list_passkeys,
    lock_link,
)
from services.enrollment.queries.people import find_person_by_email, get_person, lock_person
from shared.db import audit, refusing
from shared.kernel.actor import Actor
from shared.kernel.ids import fingerprint, new_id, new_secret
from shared.mail import request_mail

SIGN_IN_LINK_PATH = "/links/sign-in/"
CONFIRM_LINK_PATH = "/links/confirm/"


@dataclass(frozen=True)
class Confirmed:
    """An address was confirmed. `signed_in` is set where this browser is to be signed in by it."""

    email: str
    signed_in: SignedIn | None


def request_sign_in_link(session: Session, *, email: str, next_path: str, language: str, now: datetime) -> None:
    """Send a link to whoever has this address; the door's answer is the same for every address.

    An address that waits for its confirmation gets that link again; an unknown one is told that it is unknown.
    """
    address = tidy_email(email)
    person = find_person_by_email(session, address)
    pending = find_pending_confirmation(session, email=address, now=now) if person is None else None
    if person is not None and person.state is PersonState.ACTIVE:
        secret = _add_link(session, person, purpose=LinkPurpose.SIGN_IN, email=address, now=now)
        path = f"{SIGN_IN_LINK_PATH}{secret}" + (f"?{urlencode({'next': next_path})}" if next_path != "/" else "")
        _send(session, to=address, person=person, letter=Letter.SIGN_IN_LINK, path=path, now=now)
    elif pending is not None:
        send_confirmation(session, person=get_person(session, pending.person_id), email=address, now=now)
    else:
        _mail(session, to=address, language=language, letter=Letter.NO_ACCOUNT, facts={"path": "/sign-in"}, now=now)


def redeem_sign_in_link(session: Session, *, secret: str, now: datetime) -> SignedIn:
    """Sign in by a link. Raises LinkUnusable where it was used, is too old or unknown."""
    link = _lock_usable(session, secret, purpose=LinkPurpose.SIGN_IN, now=now)
    link.used_at = now
    return note_sign_in(session, get_person(session, link.person_id), SignInMethod.LINK, now=now)


def ask_to_confirm(session: Session, *, person: Person, email: str, now: datetime) -> None:
    """Send the link that confirms an address, or tell the owner of a known address that it is known.

    The caller answers the same in both cases, so that nobody learns who has an account.
    """
    owner = find_person_by_email(session, email)
    if owner is None:
        send_confirmation(session, person=person, email=tidy_email(email), now=now)
    elif owner.id != person.id:
        facts = {"name": owner.full_name, "path": "/sign-in"}
        to, language = tidy_email(email), owner.language
        _mail(session, to=to, language=language, letter=Letter.ADDRESS_HAS_ACCOUNT, facts=facts, now=now)


def request_email_change(session: Session, *, actor: Actor, email: str, now: datetime) -> None:
    """Ask for another address of one's own; it counts once the link in the letter has been opened."""
    person = lock_own_row(session, actor=actor)
    check_second_factor_given(session, actor=actor, person=person)
    ask_to_confirm(session, person=person, email=email, now=now)


def send_confirmation(session: Session, *, person: Person, email: str, now: datetime) -> None:
    """Send a fresh confirmation link; earlier ones of the person stop working."""
    session.execute(
        sa.update(OneTimeLink)
        .where(
            OneTimeLink.person_id == person.id,
            OneTimeLink.purpose == LinkPurpose.CONFIRM_EMAIL,
            OneTimeLink.used_at.is_(None),
        )
        .values(used_at=now)
    )
    secret = _add_link(session, person, purpose=LinkPurpose.CONFIRM_EMAIL, email=email, now=now)
    path = f"{CONFIRM_LINK_PATH}{secret}"
    _send(session, to=email, person=person, letter=Letter.CONFIRM_EMAIL, path=path, now=now)


def confirm_email(session: Session, *, actor: Actor, secret: str, now: datetime) -> Confirmed:
    """Confirm an address by the link in its letter. Raises LinkUnusable, or ConfirmationNeedsSignIn.

    Somebody may have signed up with the address of another person and set a password, to share that person's account
    later. So a link that is opened where the account is not signed in counts only for an account that has nothing yet
    but what was typed at sign-up; its password and its sessions end, and this browser, which showed that it can read
    the mail, is signed in.
    """
    link = _lock_usable(session, secret, purpose=LinkPurpose.CONFIRM_EMAIL, now=now)
    person = lock_person(session, link.person_id)
    owner = find_person_by_email(session, link.email)
    if person.state is PersonState.CLOSED or (owner is not None and owner.id != person.id):
        raise LinkUnusable
    is_own_browser = actor.person_id == person.id
    if not is_own_browser:
        _check_nothing_but_sign_up(session, person)
        session.execute(sa.delete(PasswordHash).where(PasswordHash.person_id == person.id))
        person.session_version += 1
    link.used_at = now
    _store_email(session, person, email=link.email, now=now)
    return Confirmed(link.email, None if is_own_browser else note_sign_in(session, person, SignInMethod.LINK, now=now))


def _check_nothing_but_sign_up(session: Session, person: Person) -> None:
    slip = find_live_slip(session, person.id)
    has_slip_of_board = slip is not None and (slip.issued_by_id != person.id or slip.last_used_at is not None)
    if person.email is not None or list_passkeys(session, person.id) or has_slip_of_board:
        raise ConfirmationNeedsSignIn


def _store_email(session: Session, person: Person, *, email: str, now: datetime) -> None:
    is_first = person.email is None
    if not is_first and person.email != email:
        facts = {"new_address": email, "path": "/profile/sign-in"}
        key = f"{person.id}:{now.isoformat()}"
        tell_person(session, person_id=person.id, template=Letter.EMAIL_CHANGED, facts=facts, key=key, now=now)
    person.email = email
    with refusing({"uq_person_email": LinkUnusable}):
        session.flush()
    audit.record(
        session,
        actor=Actor(person_id=person.id),
        action="person.email_confirmed",
        subject="person",
        subject_id=person.id,
        now=now,
    )
    announce_person(session, person, now=now)
    if is_first:
        facts = {"path": "/", "personal_code": person.personal_code}
        tell_person(session, person_id=person.id, template=Letter.WELCOME, facts=facts, key="first", now=now)


def _lock_usable(session: Session, secret: str, *, purpose: LinkPurpose, now: datetime) -> OneTimeLink:
    link = lock_link(session, fingerprint=fingerprint(secret), purpose=purpose)
    if link is None:
        raise LinkUnusable
    check_link(expires_at=link.expires_at, used_at=link.used_at, now=now)
    return link


def _add_link(session: Session, person: Person, *, purpose: LinkPurpose, email: str, now: datetime) -> str:
    secret = new_secret()
    session.add(
        OneTimeLink(
            id=new_id(),
            fingerprint=fingerprint(secret),
            purpose=purpose,
            person_id=person.id,
            email=email,
            created_at=now,
            expires_at=now + LINK_LIFE[purpose],
        )
    )
    session.flush()
    return secret


def _send(session: Session, *, to: str, person: Person, letter: Letter, path: str, now: datetime) -> None:
    facts = {"name": person.full_name, "path": path}
    _mail(session, to=to, language=person.language, letter=letter, facts=facts, now=now)


def _mail(session: Session, *, to: str, language: str, letter: Letter, facts: dict[str, str], now: datetime) -> None:
    """A letter to an address that may not (yet) be anybody's; every request is a letter of its own."""
    request_mail(
        session,
        recipient=to,
        language=language,
        template=letter,
        facts=facts,
        key=f"{letter}:{new_id()}",
        now=now,
    )
