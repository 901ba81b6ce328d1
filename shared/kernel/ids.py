"""Identifiers: row ids that sort by time, codes that people read aloud, secrets that travel in links."""

import hashlib
import secrets
import time
import uuid

#: Digits and consonants without look-alikes (0 O, 1 I, 5 S, 8 B) and without vowels, so that no code spells a word.
CODE_ALPHABET = "234679CDFGHJKLMNPQRTVWXZ"
_FAIR_BELOW = 256 - 256 % len(CODE_ALPHABET)


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def new_code(length: int) -> str:
    """A random code of `length` characters of CODE_ALPHABET (4.58 bits each)."""
    code = ""
    while len(code) < length:
        # Bytes from the last, incomplete round of the alphabet are thrown away: every character is as likely.
        fair = (byte for byte in secrets.token_bytes(length + length // 4) if byte < _FAIR_BELOW)
        code += "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in fair)
    return code[:length]


def normalise_code(typed: str) -> str:
    """What a person typed, as the code that was printed: capital letters, no spaces, dashes or dots."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def new_secret() -> str:
    """A URL-safe secret of 256 bits, for links that are sent once. Store only its `fingerprint`."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """The SHA-256 of a high-entropy secret, in hexadecimal, for looking it up without keeping it."""
    return hashlib.sha256(secret.encode()).hexdigest()
