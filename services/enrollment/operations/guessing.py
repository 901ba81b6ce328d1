"""Limits on guessing. Each way in has its own counters: who guesses at one locks the owner out of no other.

A door counts first, in a transaction of its own, and only then looks at the answer: a refusal rolls its transaction
back, and guesses that are sent at the same moment must all be counted before the first one is answered.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.sign_in import GuessLimit, attempt_keys
from shared.db.limits import clear_attempts, count_attempt


def count_guess(session: Session, *, limit: GuessLimit, account: str, address: str, key: str, now: datetime) -> None:
    """Count one try for the account and for the network address. Raises TooManyAttempts with the waiting time."""
    for_account, for_address = attempt_keys(limit, account=account.lower(), address=address, key=key)
    count_attempt(session, key=for_address, limit=limit.per_address, window=limit.window, now=now)
    count_attempt(session, key=for_account, limit=limit.per_account, window=limit.window, now=now)


def forget_guesses(session: Session, *, limit: GuessLimit, account: str, address: str, key: str) -> None:
    """After the right answer the account's counter begins anew; the address's does not, for it may guess at others."""
    for_account, _ = attempt_keys(limit, account=account.lower(), address=address, key=key)
    clear_attempts(session, key=for_account)
