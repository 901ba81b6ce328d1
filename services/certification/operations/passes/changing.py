"""The one way in which a pass changes: its row, a line of its history, the log, and whoever has to hear of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.domain.log import LogKind
from services.certification.domain.passes import PassChangeKind, PassRule, PassState
from services.certification.models import AssociationPass, PassChange
from services.certification.operations.log import add_to_log
from shared.contracts.certification import PassChanged, PassCredentialDue
from shared.kernel.clock import programme_date
from shared.kernel.ids import new_id
from shared.messaging import outbox

_LOG_KINDS = {
    PassChangeKind.AWARDED: LogKind.PASS_ISSUED,
    PassChangeKind.GRACE: LogKind.PASS_CHANGED,
    PassChangeKind.SUSPENDED: LogKind.PASS_SUSPENDED,
    PassChangeKind.RETURNED: LogKind.PASS_RESTORED,
    PassChangeKind.ENDED: LogKind.PASS_ENDED,
    PassChangeKind.RENEWED: LogKind.PASS_CHANGED,
}


def tell_of_change(
    session: Session, held: AssociationPass, *, kind: PassChangeKind, rule: PassRule, now: datetime
) -> None:
    """Write down that a pass has changed; appends PassChanged and PassCredentialDue."""
    tell_of_changes(session, [(held, kind)], rule=rule, now=now)


def tell_of_changes(
    session: Session, changes: Sequence[tuple[AssociationPass, PassChangeKind]], *, rule: PassRule, now: datetime
) -> None:
    """The same for many passes, with few statements for all of them together."""
    if not changes:
        return
    for held, _kind in changes:
        held.changed_at, held.rule_version = now, rule.version
    session.flush()  # A number or a pass that exists twice must be refused before others hear of it.
    session.add_all([_line(held, kind, now=now) for held, kind in changes])
    outbox.append_all(session, [event for held, _kind in changes for event in _events(held, now=now)], now=now)
    for held, kind in changes:
        content = f"{held.number}\n{held.state.value}\n{held.valid_until.isoformat()}"
        add_to_log(session, kind=_LOG_KINDS[kind], subject_id=held.id, content=content, salt="", now=now)


def _events(held: AssociationPass, *, now: datetime) -> tuple[PassChanged, PassCredentialDue]:
    """To other services a pass in grace is an awarded one, with the last day of its grace."""
    changed = PassChanged(
        pass_id=held.id,
        number=held.number,
        association_id=held.association_id,
        state=(PassState.AWARDED if held.state is PassState.GRACE else held.state).value,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
        grace_until=held.grace_until,
        changed_on=programme_date(now),
    )
    return changed, PassCredentialDue(pass_id=held.id, association_id=held.association_id)


def call_for_credential(session: Session, held: AssociationPass, *, now: datetime) -> None:
    """Have the worker bring the pass's credential and its status into line; appends PassCredentialDue."""
    outbox.append(session, PassCredentialDue(pass_id=held.id, association_id=held.association_id), now=now)


def _line(held: AssociationPass, kind: PassChangeKind, *, now: datetime) -> PassChange:
    return PassChange(
        id=new_id(),
        pass_id=held.id,
        kind=kind,
        state=held.state,
        changed_at=now,
        changed_on=programme_date(now),
        valid_until=held.valid_until,
        grace_until=held.grace_until,
        rule_version=held.rule_version,
    )
