"""What a person changed is a row with who, what, when, before and after, in the same transaction."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shared.db.tables import audit_entry
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.observability.correlation import current_trace


def record(
    session: Session,
    *,
    actor: Actor,
    action: str,
    subject: str,
    subject_id: UUID,
    now: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add one line to the audit. `before` and `after` hold JSON values of what changed, never secrets."""
    session.execute(
        insert(audit_entry).values(
            id=new_id(),
            occurred_at=now,
            actor_id=actor.acting_id,
            action=action,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
            trace=current_trace(),
        )
    )
