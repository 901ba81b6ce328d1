"""What somebody searches for."""

from flask import request

_WORDS_MOST = 100


def searched_words() -> str:
    """The words of a search, without what cannot be part of a name."""
    typed = request.args.get("words", "")
    return "".join(letter for letter in typed if letter.isprintable()).strip()[:_WORDS_MOST]
