"""Badges of other issuers, checked in a process of its own by the library that is made for them."""

import base64
import re
from datetime import datetime
from typing import Any

from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.domain.presented import Form, Presented
from services.certification.verifier.findings import Finding, Question, Reason, Report, failed, passed, unknown
from services.certification.verifier.keys import asserting_keys
from services.certification.verifier.lists import check_status
from services.certification.verifier.sources import Sources
from services.certification.verifier.times import check_time

#: The keys and one status list; whoever needs more is not checked.
_MOST_DOCUMENTS = 3
_INDEX = re.compile("[0-9]{1,9}")
_STATUS = {
    "in_force": passed(Question.STATUS, Reason.IN_FORCE),
    "none": passed(Question.STATUS, Reason.NO_LIST_NAMED),
    "revoked": failed(Question.STATUS, Reason.REVOKED),
    "unknown": unknown(Question.STATUS, Reason.LIST_MISSING),
}


def check_foreign(presented: Presented, *, sources: Sources, name: str | None, now: datetime) -> Report:
    """What signature, status list and calendar say of another issuer's badge."""
    answer = _ask_until_answered(presented, sources)
    if answer is None:
        return Report(findings=(unknown(Question.SIGNATURE, Reason.FORM_UNKNOWN),))
    facts = answer["facts"]
    findings = [_signature(answer)]
    if answer["is_signed"]:
        findings.append(check_time(facts.get("valid_from"), facts.get("valid_until"), now=now))
        findings.append(_status(answer["status"], presented, issuer=str(facts["issuer_id"]), sources=sources, now=now))
    if name is not None:
        findings.append(unknown(Question.NAME, Reason.NAME_NOT_THERE))
    told = {"title": facts.get("title"), "issuer": facts.get("issuer_id"), "issuer_name": facts.get("issuer_name")}
    times = {"valid_from": facts.get("valid_from"), "valid_until": facts.get("valid_until")}
    return Report(findings=tuple(findings), facts=told | times | {"criteria": facts.get("criteria")})


def _signature(answer: dict[str, Any]) -> Finding:
    if answer["is_signed"]:
        return passed(Question.SIGNATURE, Reason.SIGNED)
    if answer["is_unreachable"]:
        return unknown(Question.SIGNATURE, Reason.KEYS_MISSING)
    return failed(Question.SIGNATURE, Reason.NOT_SIGNED)


def _status(told: str, presented: Presented, *, issuer: str, sources: Sources, now: datetime) -> Finding:
    """What the library says of the list; it reads no list with a Data Integrity proof, so we look at those."""
    entry = presented.document.get("credentialStatus")
    if told != "unknown" or not isinstance(entry, dict) or not _is_entry(entry):
        return _STATUS[told]
    described = sources.did_document(issuer)
    keys = asserting_keys(described) if described is not None else None
    return check_status(entry, issuer=issuer, keys=keys, sources=sources, now=now)


def _is_entry(entry: dict[str, Any]) -> bool:
    """Whether it is one entry of a bitstring list of a meaning that we know."""
    return (
        entry.get("type") == "BitstringStatusListEntry"
        and entry.get("statusPurpose") in ("revocation", "suspension")
        and isinstance(entry.get("statusListCredential"), str)
        and _INDEX.fullmatch(str(entry.get("statusListIndex"))) is not None
    )


def _ask_until_answered(presented: Presented, sources: Sources) -> dict[str, Any] | None:
    documents: dict[str, str] = {}
    unreachable: list[str] = []
    for _ in range(2 * _MOST_DOCUMENTS):
        facts = {
            "document": presented.document,
            "is_token": presented.form is Form.TOKEN,
            "documents": documents,
            "unreachable": unreachable,
        }
        try:
            answer = run_isolated(Task.BADGE, data=presented.text.encode(), facts=facts)
        except (Busy, Refused):
            return None
        url = answer.get("needs")
        if url is None:
            return answer
        content = sources.content(url) if len(documents) < _MOST_DOCUMENTS else None
        if content is None:
            unreachable.append(url)
        else:
            documents[url] = base64.b64encode(content).decode()
    return None
