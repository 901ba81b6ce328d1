"""Everything that enrollment knows about one person, for that person (GDPR Art. 15 and 20)."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Session

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.models import Base
from services.enrollment.models.people import Person
from services.enrollment.queries.people import get_person
from shared.contracts.codec import encode
from shared.db.tables import audit_entry
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

#: Columns that would let whoever finds the file in: hashes, fingerprints, keys.
_SECRETS = frozenset(
    {
        "argon2",
        "words_argon2",
        "secret_fingerprint",
        "fingerprint",
        "ciphertext",
        "public_key",
        "credential_id",
    }
)


def export_person(session: Session, *, actor: Actor) -> dict[str, Any]:
    """Table -> rows about the acting person, from every table that names a person; without secrets, as JSON values."""
    require(PERMISSIONS, actor, Permission.PERSON_READ_SELF, Facts(person_id=actor.person_id))
    assert actor.person_id is not None
    person = get_person(session, actor.person_id)
    found: dict[str, Any] = {"person": _values(person)}
    for mapper in sorted(Base.registry.mappers, key=lambda each: str(each.local_table)):
        if "person_id" in mapper.columns:
            statement = sa.select(mapper.class_).where(mapper.columns["person_id"] == person.id)
            found[str(mapper.local_table)] = [_values(row) for row in session.scalars(statement)]
    entries = session.execute(
        sa.select(audit_entry.c.occurred_at, audit_entry.c.action)
        .where(audit_entry.c.subject == "person", audit_entry.c.subject_id == person.id)
        .order_by(audit_entry.c.occurred_at)
    )
    found["audit_entry"] = [{"occurred_at": encode(row.occurred_at), "action": row.action} for row in entries]
    return found


def _values(row: DeclarativeBase | Person) -> dict[str, Any]:
    columns = sa.inspect(type(row)).columns
    return {name: _plain(getattr(row, name)) for name, _ in columns.items() if name not in _SECRETS}


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else encode(value)
