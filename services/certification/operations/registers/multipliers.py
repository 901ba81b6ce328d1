"""The entry of a multiplier: opened by the person, found by everybody, gone as soon as it is withdrawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.errors import MultiplierNotCertified
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.registers import Message, MultiplierFacts, check_message, check_multiplier_facts
from services.certification.models import MultiplierEntry
from services.certification.queries.registers import (
    delete_hidden_multipliers,
    delete_multiplier_entry,
    find_multiplier_entry,
    get_shown_multiplier,
    holds_multiplier_certificate,
    keep_multiplier_entry,
)
from shared.contracts.certification import MultiplierContacted
from shared.db import audit
from shared.db.limits import count_attempt
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint, new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox

#: Messages that one asker may send, and that one multiplier is sent.
_ASKER_TRIES, _ASKER_WINDOW = 5, timedelta(hours=1)
_READER_TRIES, _READER_WINDOW = 20, timedelta(days=1)


@dataclass(frozen=True)
class OwnMultiplierEntry:
    """What a person's own page shows. Without the certificate no entry is opened, and one that is there is hidden."""

    entry: MultiplierEntry | None
    is_certified: bool


def read_own_entry(session: Session, *, actor: Actor) -> OwnMultiplierEntry:
    """The entry of whoever is signed in."""
    person_id = _own_id(actor)
    return OwnMultiplierEntry(
        entry=find_multiplier_entry(session, person_id=person_id),
        is_certified=holds_multiplier_certificate(session, person_id=person_id),
    )


def keep_own_entry(session: Session, *, actor: Actor, facts: MultiplierFacts, now: datetime) -> None:
    """Open or change one's own entry, by consent. Raises MultiplierNotCertified, EntryRefused, TextRefused."""
    person_id = _own_id(actor)
    if not holds_multiplier_certificate(session, person_id=person_id):
        raise MultiplierNotCertified
    checked = check_multiplier_facts(facts)
    keep_multiplier_entry(
        session,
        values={
            "person_id": person_id,
            "public_id": new_id(),
            "display_name": checked.display_name,
            "town": checked.town or None,
            "region_codes": list(checked.region_codes),
            "languages": list(checked.languages),
            "topics": list(checked.topics),
            "about": checked.about or None,
            "takes_messages": checked.takes_messages,
            "consented_at": now,
            "changed_at": now,
        },
    )
    _note(session, actor, person_id, "published", now=now)


def withdraw_own_entry(session: Session, *, actor: Actor, now: datetime) -> None:
    """Delete one's own entry at once; nothing where there is none."""
    person_id = _own_id(actor)
    delete_multiplier_entry(session, person_id=person_id)
    _note(session, actor, person_id, "withdrawn", now=now)


def forget_hidden_multipliers(session: Session) -> int:
    """Delete entries that are hidden because certificate or account no longer counts; how many."""
    return delete_hidden_multipliers(session)


def read_multiplier(session: Session, *, public_id: UUID) -> MultiplierEntry:
    """One entry, for everybody. Raises NotFound where it may not be shown (any more)."""
    return get_shown_multiplier(session, public_id=public_id)


def contact_multiplier(session: Session, *, public_id: UUID, message: Message, asker: str, now: datetime) -> None:
    """Send a message on without showing the address; appends MultiplierContacted. Nothing of it is kept here.

    `asker` tells one asker from another (an address); only its fingerprint is counted, and for an hour. Raises
    NotFound, TextRefused, TooManyAttempts.
    """
    entry = get_shown_multiplier(session, public_id=public_id)
    if not entry.takes_messages:
        raise NotFound(kind="multiplier")
    checked = check_message(message)
    count_attempt(session, key=f"message:{fingerprint(asker)}", limit=_ASKER_TRIES, window=_ASKER_WINDOW, now=now)
    count_attempt(session, key=f"messages-to:{public_id}", limit=_READER_TRIES, window=_READER_WINDOW, now=now)
    event = MultiplierContacted(
        message_id=new_id(),
        person_id=entry.person_id,
        sender_name=checked.sender_name,
        sender_address=checked.sender_address,
        message=checked.text,
    )
    outbox.append(session, event, now=now)


def _own_id(actor: Actor) -> UUID:
    require(PERMISSIONS, actor, Permission.MULTIPLIER_ENTRY_KEEP, Facts())
    if actor.person_id is None:
        raise NotFound(kind="person")
    return actor.person_id


def _note(session: Session, actor: Actor, person_id: UUID, what: str, *, now: datetime) -> None:
    """What was published is not repeated in the audit: taken back, it must be gone."""
    audit.record(
        session,
        actor=actor,
        action=Permission.MULTIPLIER_ENTRY_KEEP,
        subject="multiplier_entry",
        subject_id=person_id,
        now=now,
        after={"entry": what},
    )
