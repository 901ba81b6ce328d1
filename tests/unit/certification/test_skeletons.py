"""The fast way to a signature gives what the slow way gives, for whatever people are called."""

import dataclasses
import threading
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.certification.adapters import skeletons
from services.certification.adapters.canonical import NotCanonical, canonical_form
from services.certification.adapters.profile import is_of_profile
from services.certification.adapters.skeletons import SkeletonBroken, Skeletons
from services.certification.adapters.spelling import write
from services.certification.domain.achievement import (
    Achievement,
    AchievementType,
    Alignment,
    AlignmentTarget,
    Result,
    ResultDescription,
    ResultStatus,
    ResultType,
    RubricLevel,
)
from services.certification.domain.credential import Credential, Evidence, HashedName, Issuer, OpenName, StatusEntry

from .test_credential import canonical_by_pyld

BASE = "https://memo.example"
LEVEL = f"{BASE}/certification/achievements/multiplikator"
#: One letter or more of twelve scripts, and what quoting gets wrong.
LETTERS = (
    "aZéßşğıİłőư"
    "ЖїҐ"
    "Ωάϊ"
    "عربﷲ"
    "שלום"
    "Յոն"
    "ნინო"
    "ሰላም"
    "आर्यன"
    "தமி"
    "王小"
    "かなハ"
    "김"
    "ไทย"
    "\"\\'\n<>{}|^`#%_:@ \u00a0\u2028\u0085\U0001f600\U0001f469\u200d\U0001f680"
)
texts = st.text(st.sampled_from(LETTERS), min_size=1, max_size=40) | st.text(
    st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20
)
numbers = st.integers(0, 131_071)
hexes = st.binary(min_size=16, max_size=16).map(bytes.hex)
instants = st.integers(1_577_836_800, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def full_achievement(text: str) -> Achievement:
    """An achievement that uses every member of the profile."""
    levels = tuple(
        RubricLevel(id=f"{LEVEL}#level-{n}", name=f"{text} {n}", level=str(n), points=str(n)) for n in (1, 2)
    )
    return Achievement(
        url=LEVEL,
        name=text,
        description=f"Was „{text}“ heißt",
        criteria=f'- {text}\n- \\ und "mehr"',
        code="multiplikator",
        version="0a1b2c3d",
        units_offered=48,
        units_title="Besuchte Einheiten",
        image_url=f"{LEVEL}/badge.svg",
        image_caption=text,
        type=AchievementType.CERTIFICATION,
        field_of_study="0923",
        tags=("Ehrenamt", text),
        credits_available=2.5,
        alignments=(
            Alignment(
                url="http://data.europa.eu/snb/eqf/4",
                name="EQF 4",
                target=AlignmentTarget.EQF_LEVEL,
                framework="European Qualifications Framework",
                code="4",
            ),
        ),
        results=(
            ResultDescription(id=f"{LEVEL}#rubric", name=text, type=ResultType.RUBRIC_CRITERION_LEVEL, levels=levels),
            ResultDescription(id=f"{LEVEL}#quiz", name="Quiz", type=ResultType.STATUS),
        ),
        related=(f"{LEVEL}?v=1",),
    )


@st.composite
def credentials(draw: st.DrawFn) -> Credential:
    text = draw(texts)
    is_pass = draw(st.booleans())
    return Credential(
        url=f"{BASE}/v/{draw(hexes)}",
        subject_id=f"urn:uuid:{draw(st.uuids())}",
        name="Zertifikat",
        issuer=Issuer(did="did:web:memo.example", name="MEMO", url=BASE, email="post@memo.example"),
        valid_from=draw(instants),
        valid_until=draw(st.none() | instants),
        holder=OpenName(text) if is_pass else HashedName.of(text, salt=draw(hexes)),
        achievement=full_achievement(draw(st.sampled_from(["Stufe", "مستوى", 'Ступінь "A" \\']))),
        units_attended=None if is_pass else draw(st.integers(0, 60)),
        activity_started_at=None if is_pass else draw(instants),
        activity_ended_at=None if is_pass else draw(instants),
        results=() if is_pass else (Result(f"{LEVEL}#quiz", value=text, status=ResultStatus.COMPLETED),),
        evidence=draw(st.sampled_from([(), (Evidence(name="Bericht", narrative="Ein Abend", url=f"{BASE}/e/1"),)])),
        status=StatusEntry(f"{BASE}/certification/status/{draw(hexes)}", draw(numbers), "revocation"),
    )


MANY = Skeletons(sampled=10**9)


@settings(max_examples=400, deadline=None)
@given(credentials())
def test_a_filled_skeleton_is_the_canonical_form(credential: Credential) -> None:
    document = credential.to_document()
    before = repr(document)
    assert MANY.canonical_form(document) == canonical_form(document)
    assert repr(document) == before


@settings(max_examples=40, deadline=None)
@given(credentials())
def test_the_canonical_form_is_that_of_another_implementation_for_any_text(credential: Credential) -> None:
    document = credential.to_document()
    assert MANY.canonical_form(document) == canonical_by_pyld(document)


@settings(max_examples=60, deadline=None)
@given(credentials())
def test_what_the_model_can_say_is_of_the_profile(credential: Credential) -> None:
    import json
    import unicodedata

    document = credential.to_document()
    text = json.dumps(document, ensure_ascii=False)
    clean = unicodedata.is_normalized("NFC", text) and "\u0085" not in text
    assert is_of_profile(document) == clean
    assert write(document) == json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def test_addresses_that_are_not_plain_go_the_slow_way(credential: Credential) -> None:
    for url in ("https://memo.example/v/ä", "https://memo.example/v/<x>", "v/1", "//memo.example/v/1", "_:b"):
        document = dataclasses.replace(credential, url=url).to_document()
        try:
            expected: bytes | None = canonical_form(document)
        except NotCanonical:
            expected = None
        store = Skeletons()
        store.canonical_form(credential.to_document())
        try:
            assert store.canonical_form(document) == expected
        except NotCanonical:
            assert expected is None


def test_a_skeleton_that_differs_from_the_slow_way_signs_nothing(
    credential: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = credential.to_document()
    store = Skeletons(sampled=2)
    store.canonical_form(document)
    monkeypatch.setattr(skeletons.Skeleton, "fill", lambda *_: b"something else")
    with pytest.raises(SkeletonBroken):
        store.canonical_form(document)
    with pytest.raises(SkeletonBroken):
        Skeletons().canonical_form(document)


def test_nodes_that_only_a_second_hash_tells_apart_and_statements_made_twice_go_the_slow_way(
    credential: Credential,
) -> None:
    store = Skeletons()
    twins = dataclasses.replace(credential, results=(Result(f"{LEVEL}#quiz", "1"), Result(f"{LEVEL}#quiz", "1")))
    unlike = dataclasses.replace(credential, results=(Result(f"{LEVEL}#quiz", "1"), Result(f"{LEVEL}#quiz", "2")))
    for current in (unlike, twins, unlike):
        document = current.to_document()
        assert store.canonical_form(document) == canonical_form(document)
    for document in (credential.to_document(), credential.to_document()):
        document["credentialStatus"]["id"] = document["credentialStatus"]["statusListCredential"]
        assert store.canonical_form(document) == canonical_form(document)


def test_few_skeletons_are_kept_and_many_threads_may_use_them(credential: Credential) -> None:
    store = Skeletons(capacity=3)
    documents = [
        dataclasses.replace(credential, name=f"Zertifikat {number % 5}", valid_until=None).to_document()
        for number in range(20)
    ]
    expected = [canonical_form(document) for document in documents]
    found: dict[int, list[bytes]] = {}

    def work(worker: int) -> None:
        found[worker] = [store.canonical_form(document) for document in documents]

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[worker] == expected for worker in range(4))
    assert len(store._known) <= 3
