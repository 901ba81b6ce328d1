"""No sentence without a translation, in any language, in any service."""

from shared.devkit.catalogues import problems


def test_every_sentence_stands_in_every_language() -> None:
    assert problems() == []
