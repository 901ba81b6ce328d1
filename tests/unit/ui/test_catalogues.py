"""The tool that keeps the catalogues."""

from pathlib import Path

import pytest

from shared.devkit import catalogues
from shared.devkit.catalogues import Source


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Source:
    """A catalogue over one module with two sentences."""
    code = tmp_path / "code"
    code.mkdir()
    (code / "pages.py").write_text('_("Hello %(name)s")\nngettext("%(num)s place", "%(num)s places", 2)\n')
    source = Source("shared", (code,), tmp_path / "translations")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "sources", lambda: {"shared": source})
    catalogues.update(source)
    return source


def test_new_sentences_are_missing_until_filled(source: Source) -> None:
    assert catalogues.missing(source, "de") == {"Hello %(name)s": "", "%(num)s place || %(num)s places": ["", ""]}
    refused = catalogues.fill(
        source,
        "de",
        {"Hello %(name)s": "Hallo %(name)s", "%(num)s place || %(num)s places": ["ein Platz", "%(num)s Plätze"]},
    )
    assert refused == []
    assert catalogues.missing(source, "de") == {}


def test_arabic_wants_six_forms(source: Source) -> None:
    assert catalogues.missing(source, "ar")["%(num)s place || %(num)s places"] == [""] * 6


@pytest.mark.parametrize("string", ["Hallo", "Hallo %(nam)s", "Hallo %(name)s %(more)s"])
def test_a_wrong_placeholder_is_refused(source: Source, string: str) -> None:
    assert catalogues.fill(source, "de", {"Hello %(name)s": string})
    assert "Hello %(name)s" in catalogues.missing(source, "de")


def test_an_unknown_sentence_is_refused(source: Source) -> None:
    assert catalogues.fill(source, "de", {"Goodbye": "Tschüss"}) == ["unknown sentence: Goodbye"]


def test_a_second_update_changes_nothing(source: Source) -> None:
    before = source.file("tr").read_bytes()
    catalogues.update(source)
    assert source.file("tr").read_bytes() == before
    assert b"Date" not in before


def test_a_sentence_that_left_the_code_is_a_problem_until_updated(source: Source) -> None:
    for locale in catalogues.LOCALES:
        forms = len(catalogues.missing(source, locale)["%(num)s place || %(num)s places"])
        catalogues.fill(
            source,
            locale,
            {"Hello %(name)s": "%(name)s", "%(num)s place || %(num)s places": ["%(num)s"] * forms},
        )
    assert catalogues.problems() == []
    (source.folders[0] / "pages.py").write_text('_("Hello %(name)s")\n')
    assert len(catalogues.problems()) == len(catalogues.LOCALES)
    catalogues.update(source)
    assert catalogues.problems() == []
