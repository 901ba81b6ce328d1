"""Letters about accounts: complete in every language, and harmless whatever a fact holds."""

import re

import pytest

from services.enrollment.adapters.letters import LetterUnknown, render_letter
from services.enrollment.adapters.letters.accounts import TRANSLATED_FACTS, WORDINGS
from services.enrollment.domain.letters import CredentialChange, Letter
from services.enrollment.domain.people import LANGUAGES

FACTS = {
    "name": "Leyla <b>Demir</b>",
    "path": "/links/confirm/secret?next=%2Fruns&x=1",
    "change": "passkey_added",
    "at": "2026-11-23T12:00:00+00:00",
    "new_address": "new@example.org",
    "role": "office",
    "message": "100 % <script>alert(1)</script>",
    "page_address": "/runs",
    "contact": "–",
    "personal_code": "K7MQRT",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", list(WORDINGS))
def test_a_letter_is_whole_in_every_language(template: Letter, language: str) -> None:
    letter = render_letter(template, language=language, facts=FACTS, base_url="https://memo.example")
    assert not re.search(r"%\(\w+\)s", letter.subject + letter.text + letter.html)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in letter.html
    assert "<b>" not in letter.html
    assert "<script>" not in letter.html
    if WORDINGS[template].action:
        assert f"https://memo.example{FACTS['path']}" in letter.text


def test_a_letter_says_the_time_as_the_clock_here_shows_it() -> None:
    letter = render_letter(Letter.CREDENTIALS_CHANGED, language="de", facts=FACTS, base_url="https://memo.example")
    assert "23. November 2026" in letter.text
    assert "13:00" in letter.text


def test_every_change_of_a_way_in_has_its_sentence() -> None:
    assert set(TRANSLATED_FACTS["change"]) == set(CredentialChange)


def test_a_subject_is_one_line() -> None:
    facts = {**FACTS, "run": "Kurs\r\nBcc: eve@example.org"}
    letter = render_letter(Letter.WELCOME, language="en", facts=facts, base_url="https://memo.example")
    assert "\n" not in letter.subject


def test_an_unknown_letter_is_refused() -> None:
    with pytest.raises(LetterUnknown):
        render_letter("unknown", language="de", facts={}, base_url="https://memo.example")
