"""Status lists and their bits."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.status import StatusPurpose
from services.certification.models import Certificate, StatusList
from shared.kernel.errors import NotFound


def find_open_list(session: Session, *, purpose: StatusPurpose) -> StatusList | None:
    """The list that takes new entries."""
    return session.scalars(sa.select(StatusList).where(StatusList.purpose == purpose, StatusList.is_open)).one_or_none()


def get_list(session: Session, *, code: str) -> StatusList:
    """The list of a public code. Raises NotFound."""
    statement = sa.select(StatusList).where(StatusList.code == code)
    status_list = session.scalars(statement).one_or_none() if code.isprintable() else None
    if status_list is None:
        raise NotFound(kind="status_list")
    return status_list


def lock_list(session: Session, *, status_list_id: UUID) -> StatusList:
    """One list, locked: it is signed by one transaction at a time, and over all that were committed before."""
    statement = sa.select(StatusList).where(StatusList.id == status_list_id).with_for_update()
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def list_all_lists(session: Session) -> list[UUID]:
    """The ids of all lists, in the order of locking."""
    return list(session.scalars(sa.select(StatusList.id).order_by(StatusList.id)))


def is_index_taken(session: Session, *, status_list_id: UUID, index: int) -> bool:
    """Whether an index of a list belongs to a certificate."""
    statement = sa.select(Certificate.id).where(
        Certificate.status_list_id == status_list_id, Certificate.status_index == index
    )
    return session.scalars(statement).first() is not None


def list_set_indices(session: Session, *, status_list_id: UUID) -> list[int]:
    """The indices whose certificates are revoked."""
    return list(
        session.scalars(
            sa.select(Certificate.status_index).where(
                Certificate.status_list_id == status_list_id, Certificate.state == CertificateState.REVOKED
            )
        )
    )


def get_list_by_id(session: Session, *, status_list_id: UUID) -> StatusList:
    """The list of an id. Raises NotFound."""
    status_list = session.get(StatusList, status_list_id)
    if status_list is None:
        raise NotFound(kind="status_list")
    return status_list
