"""Thousands of changed credentials: our check accepts none of them and raises nothing."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.profile import PROFILE, ProfileViolated, check_profile, is_of_profile
from services.certification.adapters.proofs import has_valid_proof
from services.certification.domain.achievement import AchievementType
from services.certification.domain.credential import Credential

from .conftest import NOW
from .test_skeletons import full_achievement

Path = tuple[str | int, ...]
#: Letters that look like others, forms of one letter, and what nobody sees.
CONFUSABLE = {"a": "а", "e": "е", "o": "ο", "i": "і", "c": "с", "M": "Μ", "ü": "u\u0308", "-": "\u2010", "1": "l"}
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 1.5, 1e400, 10**400, "", "x", "\x00", "\ud800", [], {}, [[]], ["x"], {"@value": "x"},
    {"@id": "x"}, {"id": "https://example.org/"}, [None], {"@list": ["x"]}, {"": ""},
)  # fmt: skip
UNKNOWN: tuple[tuple[str, Any], ...] = (
    ("unknown", "x"),
    ("unknown", None),
    ("@type", "x"),
    ("@id", "https://example.org/"),
    ("@graph", []),
    ("@included", [{"id": "https://example.org/"}]),
    ("@index", "x"),
    ("@context", {"@vocab": "https://example.org/"}),
    ("awardedDate", "2026-01-01T00:00:00Z"),
    ("inLanguage", "de"),
    ("termsOfUse", []),
    ("evidence", [{"id": "not an address", "type": ["Evidence"], "name": "x"}]),
    ("https://schema.org/name", "x"),
)


@pytest.fixture
def signed(credential: Credential, key: SealingKey) -> dict[str, Any]:
    import dataclasses

    full = dataclasses.replace(credential, achievement=full_achievement("Grundkurs „Größe“"))
    document: dict[str, Any] = json.loads(sign_credential(full, key=key, now=NOW).text)
    return document


def is_accepted(document: Any, key: SealingKey) -> bool:
    """What every check of ours asks first."""
    return is_of_profile(document) and has_valid_proof(document, public_key=key.multibase)


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in entries:
        yield from paths(inner, (*path, step))


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def replaced(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def mutations(document: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for path in list(paths(document)):
        yield from ((path, changed) for changed in changes_of(document, path))


def changes_of(document: dict[str, Any], path: Path) -> Iterator[dict[str, Any]]:
    value = at(document, path)
    for strange in STRANGE:
        yield replaced(document, path, strange)
    yield replaced(document, path, [value])
    yield replaced(document, path, {"@value": value})
    yield replaced(document, path, json.dumps(value))
    if isinstance(value, str):
        yield from (replaced(document, path, changed) for changed in spellings(value))
    if isinstance(value, list):
        yield replaced(document, path, [*value, *value])
        yield replaced(document, path, value[0])
    if isinstance(value, dict):
        yield from (replaced(document, path, value | {name: content}) for name, content in UNKNOWN)
    without = copy.deepcopy(document)
    del at(without, path[:-1])[path[-1]]
    yield without


def spellings(text: str) -> Iterator[str]:
    yield from (text + " ", " " + text, text + "\n", text + "\u200b", text.swapcase(), text + "x", text[:-1])
    yield from (text.replace(plain, other) for plain, other in CONFUSABLE.items() if plain in text)


def test_of_thousands_of_changes_none_is_accepted_and_none_raises(signed: dict[str, Any], key: SealingKey) -> None:
    assert is_accepted(signed, key)
    tried = 0
    for path, changed in mutations(signed):
        if changed != signed or not same_types(changed, signed):
            assert not is_accepted(changed, key), path
            tried += 1
    assert tried > 3_000


def same_types(one: Any, other: Any) -> bool:
    """Python holds 1 and True for equal; JSON does not."""
    return json.dumps(one) == json.dumps(other)


def test_without_the_schema_the_proof_alone_raises_nothing(signed: dict[str, Any], key: SealingKey) -> None:
    for number, (_, changed) in enumerate(mutations(signed)):
        if number % 7 == 0:
            has_valid_proof(changed, public_key=key.multibase)


def test_the_order_of_what_has_an_order_is_kept(signed: dict[str, Any], key: SealingKey) -> None:
    for path in (("@context",), ("type",)):
        assert not is_accepted(replaced(signed, path, at(signed, path)[::-1]), key)


def test_a_proof_of_another_key_suite_or_purpose_is_refused(signed: dict[str, Any], key: SealingKey) -> None:
    other = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    assert not has_valid_proof(signed, public_key=other)
    for broken in ("", "z", "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", "z6Mk", "\ud800"):
        assert not has_valid_proof(signed, public_key=broken)
    for proof in (None, [], [signed["proof"]], {}, "x", signed["proof"] | {"domain": "example.org"}):
        assert not has_valid_proof(signed | {"proof": proof}, public_key=key.multibase)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "a\x7fb", "a\x85b", "u\u0308", "\ud800", ""])
def test_what_must_not_be_signed_is_refused_before_a_key_is_asked(
    credential: Credential, key: SealingKey, text: str
) -> None:
    import dataclasses

    with pytest.raises(ProfileViolated) as refused:
        sign_credential(dataclasses.replace(credential, name=text), key=key, now=NOW)
    assert text == "" or text not in str(refused.value)


def test_the_profile_is_closed_everywhere() -> None:
    def objects(schema: Any) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if schema.get("type") == "object":
                yield schema
            for inner in schema.values():
                yield from objects(inner)
        elif isinstance(schema, list):
            for inner in schema:
                yield from objects(inner)

    assert all(found["additionalProperties"] is False for found in objects(PROFILE))


def test_a_pass_is_of_the_profile_too(credential: Credential) -> None:
    import dataclasses

    from services.certification.domain.credential import OpenName, StatusEntry

    check_profile(
        dataclasses.replace(
            credential,
            holder=OpenName("Brücke e. V."),
            units_attended=None,
            activity_started_at=None,
            activity_ended_at=None,
            valid_until=NOW,
            achievement=dataclasses.replace(credential.achievement, units_offered=0, type=AchievementType.PASS),
            status=StatusEntry("https://memo.example/certification/status/x", 7, "suspension"),
        ).to_document()
    )
