"""How long what is over is kept."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.models.credentials import OneTimeLink, PasskeyChallenge, SignInSlip
from services.enrollment.models.roles import RoleAssignment

#: Long enough to say "this link was used already" instead of "unknown", and to look into a report of misuse.
_CREDENTIALS_KEPT = timedelta(days=30)
_ROLES_KEPT = timedelta(days=3 * 365)


def forget_old_credentials(session: Session, *, now: datetime) -> None:
    """Delete expired links and challenges, void slips, and roles that ended three years ago."""
    session.execute(sa.delete(OneTimeLink).where(OneTimeLink.expires_at < now - _CREDENTIALS_KEPT))
    session.execute(sa.delete(PasskeyChallenge).where(PasskeyChallenge.expires_at < now))
    session.execute(sa.delete(SignInSlip).where(SignInSlip.voided_at < now - _CREDENTIALS_KEPT))
    session.execute(sa.delete(RoleAssignment).where(RoleAssignment.ended_at < now - _ROLES_KEPT))
