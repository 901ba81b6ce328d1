"""Which of the two German variants of a learning text a person reads."""

from enum import StrEnum


class Variant(StrEnum):
    """Learning texts exist in German and in Einfache Sprache; the interface around them in more languages."""

    GERMAN = "de"
    EINFACH = "de-x-einfach"


def variant_for(language: str) -> Variant:
    """Einfache Sprache for those who chose it as their language, German for everybody else."""
    return Variant.EINFACH if language == Variant.EINFACH.value else Variant.GERMAN


def choose(german: str, einfach: str | None, *, variant: Variant) -> str:
    """The text in that variant, in German where the other one is missing."""
    return einfach if variant is Variant.EINFACH and einfach else german
