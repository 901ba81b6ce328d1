"""Letters about courses are complete in every language: no placeholder stays, no fact is missing."""

import re

import pytest

from services.enrollment.adapters.letters import render_letter
from services.enrollment.adapters.letters.courses import WORDINGS
from services.enrollment.domain.letters import Letter

FACTS = {
    "name": "Ayşe Demir",
    "run": "Grundkurs in Reutlingen",
    "town": "Reutlingen",
    "starts_on": "2026-10-24",
    "deadline": "2026-10-01T10:00:00+00:00",
    "path": "/runs/1",
    "level": "Grundkurs",
    "number": "MEMO-4711",
    "revoked_on": "2026-11-02",
    "association": "Bunter Faden",
    "pass_state": "awarded",
    "valid_until_on": "2029-10-24",
    "grace_until_on": "2026-10-24",
    "days_left": "30",
    "sender": "Ana Costa",
    "reply_to": "ana@example.org",
    "message": "Können Sie uns helfen?",
    "verdict": "accepted",
}


@pytest.mark.parametrize("language", ["en", "de", "de-x-einfach", "tr", "ar"])
@pytest.mark.parametrize("letter", sorted(WORDINGS))
def test_a_letter_says_everything(letter: Letter, language: str) -> None:
    written = render_letter(letter, language=language, facts=FACTS, base_url="http://127.0.0.1:8080")
    for text in (written.subject, written.text, written.html):
        assert "%(" not in text
        assert not re.search(r"\b(awarded|2026-10-24)\b", text)
    assert "http://127.0.0.1:8080/runs/1" in written.text


def test_an_offer_names_its_deadline_in_the_programmes_time() -> None:
    text = render_letter(Letter.PLACE_OFFERED, language="de", facts=FACTS, base_url="http://127.0.0.1:8080").text
    assert "1. Oktober 2026, 12:00" in text
    assert "24. Oktober 2026" in text
