"""Idempotency-Key on POST (IETF draft-ietf-httpapi-idempotency-key-header): the same key gets the same answer."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

import sqlalchemy as sa
from flask import Response, make_response, request
from flask_login import current_user
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.db.tables import idempotency_record
from shared.kernel.clock import utc_now
from shared.web.context import transaction
from shared.web.errors import problem

Parameters = ParamSpec("Parameters")

_LONGEST_KEY = 200
KEPT_FOR = timedelta(days=1)


def idempotent(view: Callable[Parameters, Any]) -> Callable[Parameters, Any]:
    """Answer a repetition of a POST with the first answer; the header is optional, but every POST honours it.

    The record's row is held locked while the view runs, so that a repetition at the same time waits for the first. A
    process that dies in between leaves no record; the repetition then runs the view again, whose own constraints keep
    it from doing the thing twice.
    """

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Any:
        key = request.headers.get("Idempotency-Key")
        if not key or not current_user.is_authenticated:
            return view(*args, **kwargs)
        if len(key) > _LONGEST_KEY:
            return problem(400, detail="Idempotency-Key is longer than 200 characters.")
        with transaction() as session:
            recorded = _claim(session, key=key, person_id=current_user.id)
            if recorded is not None:
                return recorded
            response = make_response(view(*args, **kwargs))
            _keep(session, key=key, person_id=current_user.id, response=response)
            return response

    return guarded


def _fingerprint() -> str:
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + request.get_data()).hexdigest()


def _claim(session: Session, *, key: str, person_id: UUID) -> Response | None:
    """The recorded answer, or None where this request is the first and now holds the row."""
    record = idempotency_record
    now = utc_now()
    session.execute(sa.delete(record).where(record.c.person_id == person_id, record.c.created_at < now - KEPT_FOR))
    session.execute(
        insert(record)
        .values(person_id=person_id, key=key, request_fingerprint=_fingerprint(), created_at=now)
        .on_conflict_do_nothing()
    )
    row = session.execute(sa.select(record).where(record.c.person_id == person_id, record.c.key == key)).one()
    if row.status is None:
        return None
    if row.request_fingerprint != _fingerprint():
        return problem(422, detail="This Idempotency-Key was used for another request.")
    return Response(row.answer, status=row.status, content_type=row.content_type)


def _keep(session: Session, *, key: str, person_id: UUID, response: Response) -> None:
    """Record the answer, unless the fault was ours: then trying again must run the view again."""
    record = idempotency_record
    where = sa.and_(record.c.person_id == person_id, record.c.key == key)
    if response.status_code >= 500:
        session.execute(sa.delete(record).where(where))
        return
    session.execute(
        sa.update(record)
        .where(where)
        .values(
            status=response.status_code,
            answer=response.get_data(as_text=True),
            content_type=response.content_type,
        )
    )
