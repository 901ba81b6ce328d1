"""Counting a guess before its answer is looked at."""

from flask import request

from services.enrollment.domain.sign_in import GuessLimit
from services.enrollment.operations.guessing import count_guess, forget_guesses
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.web import resources, transaction


def count(limit: GuessLimit, account: str) -> None:
    """Count one try in a transaction of its own. Raises TooManyAttempts."""
    with transaction() as session:
        count_guess(session, limit=limit, account=account, address=_address(), key=_key(), now=utc_now())


def forget(session: Session, limit: GuessLimit, account: str) -> None:
    """The answer was right: the account's tries begin anew."""
    forget_guesses(session, limit=limit, account=account, address=_address(), key=_key())


def _address() -> str:
    return request.remote_addr or ""


def _key() -> str:
    return str(resources().settings.secret_key)
