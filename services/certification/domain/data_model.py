"""The rules of the W3C data model (Verifiable Credentials Data Model 2.0, section 4) for credentials of any profile.

Our own certificates follow the narrower `adapters.profile`; these rules are for what integrators make with test tokens,
and for presentations. Each broken rule gives one name, such as `validFrom`; nothing of the document is repeated.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from services.certification.domain.credential import CREDENTIALS_CONTEXT

Document = dict[str, Any]

_INSTANT = re.compile(r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_DIGEST_NAMES = frozenset({"digestSRI", "digestMultibase"})
_TEXT_NAMES = frozenset({"@value", "@language", "@direction"})


def credential_problems(document: Document) -> list[str]:
    """The names of what breaks a rule in a credential, secured or not; none where it follows all."""
    return [*_common_problems(document, kind="VerifiableCredential"), *_credential_problems(document)]


def presentation_problems(document: Document) -> list[str]:
    """The names of what breaks a rule in a presentation; the credentials in it are looked at by themselves."""
    found = _common_problems(document, kind="VerifiablePresentation")
    held = _as_list(document.get("verifiableCredential", []))
    if not all(isinstance(one, dict) for one in held):
        found.append("verifiableCredential")
    if "holder" in document and not _is_named(document["holder"]):
        found.append("holder")
    return found


def credentials_in(presentation: Document) -> list[Any]:
    """The credentials that a presentation holds."""
    return _as_list(presentation.get("verifiableCredential", []))


def instant_of(text: object) -> datetime | None:
    """An instant as XML Schema's dateTimeStamp writes it, or None where it is none."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _common_problems(document: Document, *, kind: str) -> list[str]:
    found = []
    if not _are_contexts(document.get("@context")):
        found.append("@context")
    if "id" in document and not is_url(document["id"]):
        found.append("id")
    types = _as_list(document.get("type"))
    if kind not in types or not all(isinstance(one, str) and one for one in types):
        found.append("type")
    found += [name for name in ("proof",) if name in document and not _all(document[name], _has_type)]
    return found


def _are_contexts(contexts: object) -> bool:
    return (
        isinstance(contexts, list)
        and contexts[:1] == [CREDENTIALS_CONTEXT]
        and all(is_url(context) or (isinstance(context, dict) and _is_vocabulary(context)) for context in contexts)
    )


def _is_vocabulary(context: Document) -> bool:
    """Whether a context that the document brings maps its terms to what may be an address."""
    return all(is_url(meaning) for meaning in context.values() if isinstance(meaning, str) and ":" in meaning)


def _credential_problems(document: Document) -> Iterator[str]:
    yield from (name for name in ("name", "description") if name in document and not _is_text(document[name]))
    issuer = document.get("issuer")
    if not _is_named(issuer):
        yield "issuer"
    elif isinstance(issuer, dict):
        yield from (f"issuer.{name}" for name in ("name", "description") if not _is_text(issuer.get(name, "")))
    if not _all(document.get("credentialSubject"), _is_subject):
        yield "credentialSubject"
    yield from _time_problems(document)
    for name, rule in _PARTS.items():
        if name in document and not _all(document[name], rule):
            yield name
    resources = [one.get("id") for one in _as_list(document.get("relatedResource", [])) if isinstance(one, dict)]
    if len({str(resource) for resource in resources}) != len(resources):
        yield "relatedResource"


def _time_problems(document: Document) -> Iterator[str]:
    instants = {name: instant_of(document[name]) for name in ("validFrom", "validUntil") if name in document}
    yield from (name for name, instant in instants.items() if instant is None)
    start, end = instants.get("validFrom"), instants.get("validUntil")
    if start is not None and end is not None and end < start:
        yield "validUntil"


def _has_type(part: Document) -> bool:
    types = _as_list(part.get("type"))
    return bool(types) and all(isinstance(one, str) and one for one in types)


def _has_type_and_url(part: Document) -> bool:
    return _has_type(part) and ("id" not in part or is_url(part["id"]))


def _is_schema(part: Document) -> bool:
    return _has_type(part) and is_url(part.get("id"))


def _is_resource(part: Document) -> bool:
    return is_url(part.get("id")) and bool(part.keys() & _DIGEST_NAMES)


def _is_subject(part: Document) -> bool:
    return bool(part) and ("id" not in part or is_url(part["id"]))


_PARTS: dict[str, Callable[[Document], bool]] = {
    "credentialStatus": _has_type_and_url,
    "credentialSchema": _is_schema,
    "refreshService": _has_type_and_url,
    "termsOfUse": _has_type_and_url,
    "evidence": _has_type_and_url,
    "relatedResource": _is_resource,
}


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _all(value: Any, rule: Callable[[Document], bool]) -> bool:
    """Whether it is one object or a list of some, and each follows the rule."""
    parts = _as_list(value)
    return bool(parts) and all(isinstance(part, dict) and rule(part) for part in parts)


def is_url(value: object) -> bool:
    """Whether it is an absolute address in the sense of the data model: a scheme, and nothing that needs escaping."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def _is_named(value: object) -> bool:
    return is_url(value.get("id")) if isinstance(value, dict) else is_url(value)


def _is_text(value: object) -> bool:
    """A text, or one in a language with its direction (section 11.1), or several of them."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(one, dict) and _is_text(one) for one in value)
    if isinstance(value, dict):
        return value.keys() <= _TEXT_NAMES and all(isinstance(one, str) for one in value.values()) and "@value" in value
    return isinstance(value, str)
