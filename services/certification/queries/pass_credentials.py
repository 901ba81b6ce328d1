"""Credentials of passes."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.passes import PassState
from services.certification.models import AssociationCopy, AssociationPass, PassCredential
from shared.kernel.errors import NotFound


def find_present_credential(session: Session, *, pass_id: UUID) -> PassCredential | None:
    """The credential of a pass that no other has taken the place of."""
    statement = sa.select(PassCredential).where(
        PassCredential.pass_id == pass_id, PassCredential.superseded_at.is_(None)
    )
    return session.scalars(statement).one_or_none()


def list_pass_credentials(session: Session, *, pass_id: UUID) -> list[PassCredential]:
    """All credentials of a pass, the newest first."""
    statement = sa.select(PassCredential).where(PassCredential.pass_id == pass_id)
    return list(session.scalars(statement.order_by(PassCredential.sequence.desc())))


def lock_pass(session: Session, *, pass_id: UUID) -> tuple[AssociationPass, AssociationCopy]:
    """A pass and its association, the association locked, as everywhere where passes change. Raises NotFound."""
    association_id = session.scalar(sa.select(AssociationPass.association_id).where(AssociationPass.id == pass_id))
    locking = sa.select(AssociationCopy).where(AssociationCopy.association_id == association_id).with_for_update()
    association = session.scalars(locking.execution_options(populate_existing=True)).one_or_none()
    statement = sa.select(AssociationPass).where(AssociationPass.id == pass_id)
    held = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if held is None or association is None:
        raise NotFound(kind="pass")
    return held, association


def list_passes_sealed_with(session: Session, *, key_code: str) -> list[AssociationPass]:
    """Passes that have not ended and whose present credential was signed by this key."""
    statement = (
        sa.select(AssociationPass)
        .join(PassCredential, PassCredential.pass_id == AssociationPass.id)
        .where(
            AssociationPass.state != PassState.ENDED,
            PassCredential.superseded_at.is_(None),
            PassCredential.credential.contains(f'#{key_code}"', autoescape=True),
        )
        .order_by(AssociationPass.association_id)
    )
    return list(session.scalars(statement))


def list_renamed_passes(session: Session, *, association_ids: Collection[UUID]) -> list[AssociationPass]:
    """Passes that have not ended and whose present credential names the association or its town as it was before."""
    is_other = sa.or_(
        PassCredential.association_name != AssociationCopy.name, PassCredential.town != AssociationCopy.town
    )
    statement = (
        sa.select(AssociationPass)
        .join(AssociationCopy, AssociationCopy.association_id == AssociationPass.association_id)
        .join(PassCredential, PassCredential.pass_id == AssociationPass.id)
        .where(
            AssociationPass.association_id.in_(association_ids),
            AssociationPass.state != PassState.ENDED,
            PassCredential.superseded_at.is_(None),
            is_other,
        )
        .order_by(AssociationPass.association_id)
    )
    return list(session.scalars(statement))
