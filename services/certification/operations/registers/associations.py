"""The entry of an association in the public register of passes: opened, changed and taken out by its board."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.domain.passes import IN_FORCE
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.registers import AssociationFacts, check_association_facts
from services.certification.models import AssociationCopy, AssociationEntry
from services.certification.queries.passes import find_pass_of, get_association
from services.certification.queries.registers import (
    delete_association_entry,
    find_association_entry,
    keep_association_entry,
)
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require_or_hide


@dataclass(frozen=True)
class AssociationPublication:
    """What the editor of a board shows. `is_shown`: the pass is in force, so that an entry can be seen."""

    association: AssociationCopy
    entry: AssociationEntry | None
    is_shown: bool


def read_publication(session: Session, *, actor: Actor, association_id: UUID) -> AssociationPublication:
    """The entry of an association, for its board; not found for everybody else."""
    _require(actor, association_id)
    held = find_pass_of(session, association_id=association_id)
    return AssociationPublication(
        association=get_association(session, association_id=association_id),
        entry=find_association_entry(session, association_id=association_id),
        is_shown=held is not None and held.state in IN_FORCE,
    )


def keep_entry(session: Session, *, actor: Actor, association_id: UUID, facts: AssociationFacts, now: datetime) -> None:
    """Open or change the entry, by consent of the board's person. Raises EntryRefused, TextRefused.

    It is seen while the association's pass is in force.
    """
    _require(actor, association_id)
    get_association(session, association_id=association_id)
    checked = check_association_facts(facts)
    keep_association_entry(
        session,
        values={
            "association_id": association_id,
            "website": checked.website or None,
            "email": checked.email or None,
            "phone": checked.phone or None,
            "languages": list(checked.languages),
            "topics": list(checked.topics),
            "consented_at": now,
            "consented_by_id": actor.person_id,
            "changed_at": now,
        },
    )
    _note(session, actor, association_id, "published", now=now)


def withdraw_entry(session: Session, *, actor: Actor, association_id: UUID, now: datetime) -> None:
    """Take the entry out of the register and delete it; nothing where there is none."""
    _require(actor, association_id)
    delete_association_entry(session, association_id=association_id)
    _note(session, actor, association_id, "withdrawn", now=now)


def _require(actor: Actor, association_id: UUID) -> None:
    require_or_hide(
        PERMISSIONS, actor, Permission.PASS_PUBLISH, Facts(association_id=association_id), kind="association"
    )


def _note(session: Session, actor: Actor, association_id: UUID, what: str, *, now: datetime) -> None:
    """What was published is not repeated in the audit: taken back, it must be gone."""
    audit.record(
        session,
        actor=actor,
        action=Permission.PASS_PUBLISH,
        subject="association_entry",
        subject_id=association_id,
        now=now,
        after={"entry": what},
    )
