"""What holders asked for: a new certificate in the place of one."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.reissues import ReissueState
from services.certification.models import Certificate, PersonCopy, ReissueRequest
from shared.kernel.errors import NotFound


@dataclass(frozen=True)
class AskedReissue:
    """One request, the certificate that it is about, and the person's present name."""

    request: ReissueRequest
    certificate: Certificate
    present_name: str | None


def list_waiting_reissues(session: Session) -> list[AskedReissue]:
    """What the office has to answer, the longest waiting first."""
    statement = _asked().where(ReissueRequest.state == ReissueState.WAITING)
    rows = session.execute(statement.order_by(ReissueRequest.asked_at))
    return [AskedReissue(row[0], row[1], row[2]) for row in rows]


def get_reissue(session: Session, *, request_id: UUID) -> AskedReissue:
    """One request. Raises NotFound."""
    row = session.execute(_asked().where(ReissueRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound(kind="reissue_request")
    return AskedReissue(row[0], row[1], row[2])


def _asked() -> sa.Select[ReissueRequest, Certificate, str | None]:
    return (
        sa.select(ReissueRequest, Certificate, PersonCopy.full_name)
        .join(Certificate, Certificate.id == ReissueRequest.certificate_id)
        .outerjoin(PersonCopy, PersonCopy.person_id == ReissueRequest.person_id)
    )


def lock_reissue(session: Session, *, request_id: UUID) -> ReissueRequest:
    """One request, locked. Raises NotFound."""
    statement = sa.select(ReissueRequest).where(ReissueRequest.id == request_id).with_for_update()
    request = session.scalars(statement).one_or_none()
    if request is None:
        raise NotFound(kind="reissue_request")
    return request


def find_newest_reissue(session: Session, *, certificate_id: UUID) -> ReissueRequest | None:
    """The last request about a certificate."""
    statement = sa.select(ReissueRequest).where(ReissueRequest.certificate_id == certificate_id)
    return session.scalars(statement.order_by(ReissueRequest.asked_at.desc()).limit(1)).first()
