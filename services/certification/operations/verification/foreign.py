"""Open Badges of other issuers: what their signature says, and no word on who they are."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.domain.errors import UploadsBusy, UploadUnreadable
from services.certification.domain.presented import Form, Presented
from services.certification.operations.verification.fetching import fetch_public
from services.certification.operations.verification.findings import ForeignStatus, ForeignVerification

#: The keys and one status list; whoever needs more is not checked.
_MOST_DOCUMENTS = 3


def verify_foreign(*, presented: Presented, mode: str, now: datetime) -> ForeignVerification:
    """Check the badge of another issuer. Touches no database. Raises UploadUnreadable and UploadsBusy.

    `mode` says which addresses may be asked for keys and lists: `public`, `none`, or `local` in tests.
    """
    if presented.form is Form.DISCLOSING_TOKEN or _issuer_id(presented.document) is None:
        raise UploadUnreadable(reason="foreign")
    documents: dict[str, str] = {}
    unreachable: list[str] = []
    answer: dict[str, Any] = {}
    for _ in range(_MOST_DOCUMENTS + 1):
        answer = _ask(presented, documents, unreachable)
        url = answer.get("needs")
        if url is None:
            return _report(presented.document, answer, now=now)
        content = fetch_public(url, mode=mode) if len(documents) < _MOST_DOCUMENTS else None
        if content is None:
            unreachable.append(url)
        else:
            documents[url] = content
    raise UploadUnreadable(reason="foreign")


def _ask(presented: Presented, documents: dict[str, str], unreachable: list[str]) -> dict[str, Any]:
    facts = {
        "document": presented.document,
        "is_token": presented.form is Form.TOKEN,
        "documents": documents,
        "unreachable": unreachable,
    }
    try:
        return run_isolated(Task.BADGE, data=presented.text.encode(), facts=facts)
    except Busy as error:
        raise UploadsBusy from error
    except Refused as error:
        raise UploadUnreadable(reason=str(error)) from error


def _report(document: dict[str, Any], answer: dict[str, Any], *, now: datetime) -> ForeignVerification:
    facts = answer["facts"]
    issuer_id = _issuer_id(document) or ""
    valid_from, valid_until = _instant(facts.get("valid_from")), _instant(facts.get("valid_until"))
    return ForeignVerification(
        is_signed=answer["is_signed"],
        is_unreachable=answer["is_unreachable"],
        status=ForeignStatus(answer["status"]),
        issuer_id=issuer_id[:300],
        domain=_domain_of(issuer_id),
        issuer_name=facts.get("issuer_name"),
        title=facts.get("title"),
        description=facts.get("description"),
        criteria=facts.get("criteria"),
        valid_from=valid_from,
        valid_until=valid_until,
        is_expired=valid_until is not None and now > valid_until,
    )


def _issuer_id(document: dict[str, Any]) -> str | None:
    issuer = document.get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else None


def _domain_of(issuer_id: str) -> str | None:
    """The host that a `did:web` names, as its address would be read; None for any other identifier."""
    if not issuer_id.startswith("did:web:"):
        return None
    host = unquote(issuer_id.removeprefix("did:web:").partition(":")[0])
    try:
        return urlsplit(f"https://{host}").hostname
    except ValueError:
        return None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
