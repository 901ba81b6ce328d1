"""Who a machine is in this service: its token, as flask-login's user."""

from datetime import datetime
from typing import Any

from services.certification.operations.tokens import admit_token
from shared.web.identity import SignedInMachine


def load_machine(session: Any, secret: str, now: datetime) -> SignedInMachine | None:
    """The machine that comes with a secret, or None where the secret counts for nothing. Raises TooManyAttempts."""
    admitted = admit_token(session, secret=secret, now=now)
    if admitted is None:
        return None
    token, actor = admitted
    return SignedInMachine(id=token.id, display_name=token.name, actor=actor)
