"""What a letter is made of."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The sentences of one letter, in English as the source language; facts of the letter fill their placeholders.

    `action` names the one link of the letter, to the fact `path`; a letter without it has none.
    """

    subject: str
    paragraphs: tuple[str, ...]
    action: str | None = None


def _l(sentence: str) -> str:
    """Mark a sentence for the catalogues; `render_letter` translates it, when the reader's language is known."""
    return sentence
