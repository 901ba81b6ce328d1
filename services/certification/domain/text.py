"""Text that may be signed and printed: one form of each letter, and nothing invisible."""

import unicodedata

from services.certification.domain.errors import TextRefused

#: Characters that turn the direction of the text around them; in a name they could make a reader see another name.
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(value: str, *, field: str, limit: int) -> str:
    """The text in Unicode normal form C, white space trimmed and joined to single spaces.

    Raises TextRefused where nothing is left, where more than `limit` characters are left, or where a control
    character or a direction override is inside: two canonicalisers disagree on how to write C0 controls, so a
    signature over one would not hold everywhere.
    """
    normal = unicodedata.normalize("NFC", value)
    if any(_is_forbidden(letter) for letter in normal):
        raise TextRefused(field=field, reason="control_character")
    joined = " ".join(normal.split())
    if not joined:
        raise TextRefused(field=field, reason="empty")
    if len(joined) > limit:
        raise TextRefused(field=field, reason="too_long")
    return joined


def clean_paragraphs(value: str, *, field: str, limit: int) -> str:
    """Like `clean_text`, for several lines: each line is cleaned, empty ones are dropped."""
    lines = [line for line in value.replace("\r\n", "\n").split("\n") if line.strip()]
    joined = "\n".join(clean_text(line, field=field, limit=limit) for line in lines)
    if not joined:
        raise TextRefused(field=field, reason="empty")
    if len(joined) > limit:
        raise TextRefused(field=field, reason="too_long")
    return joined


def comparable_name(name: str) -> str:
    """A name as it is compared with another: no case, no accents' spelling variants, no punctuation, single spaces.

    Accents themselves count (Şükrü is not Sukru): who checks a certificate copies the name from an identity card.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    letters = "".join(letter if letter.isalnum() or unicodedata.combining(letter) else " " for letter in folded)
    return " ".join(unicodedata.normalize("NFC", letters).split())


def _is_forbidden(letter: str) -> bool:
    if letter in "\t\n":
        return False
    return unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") or letter in _DIRECTION_CONTROLS
