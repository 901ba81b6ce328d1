"""Thousands of changed files: none is taken for what was issued, and none makes a fault of ours."""

import pytest

from services.certification.domain.verification import Verdict
from services.certification.operations.verification import Carrier, UploadVerification, uploads
from tests.support.certification import World
from tests.support.reading import read_here
from tests.support.tampering import is_same_json, tampered
from tests.support.uploads import FORMS, ISSUED, check, hand_in

COUNT = 700
#: Through the door, in a process for each, as a stranger's file goes; more in ten minutes are refused unread.
AT_THE_DOOR = 5
CONTAINERS = ("png", "svg", "pdf")


def is_green(found: UploadVerification | None) -> bool:
    return found is not None and found.verdict is Verdict.VALID and found.carrier is not Carrier.PICTURE


@pytest.mark.parametrize("form", FORMS)
def test_no_changed_file_is_taken_for_valid(
    world: World, files: dict[str, bytes], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "run_isolated", read_here)
    assert is_green(check(world, files[form])), "the genuine one is"
    for number, changed in enumerate(tampered(files[form], seed=f"memo {form}", count=COUNT)):
        if not (form == "json" and is_same_json(changed, files[form])):
            assert not is_green(check(world, changed)), (form, number)


@pytest.mark.parametrize("form", CONTAINERS)
def test_a_changed_file_that_is_handed_in_gets_a_sentence(world: World, files: dict[str, bytes], form: str) -> None:
    for changed in tampered(files[form], seed=f"memo door {form}", count=AT_THE_DOOR):
        words = hand_in(world, changed)
        assert ISSUED not in words
        assert "certificate" in words
