"""What text PostgreSQL can keep and a person can have meant."""

import unicodedata


def is_storable(text: str) -> bool:
    """Whether a text holds neither control characters nor halves of a surrogate pair."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def storable(text: str) -> str:
    """The text without what cannot be stored."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs"))
