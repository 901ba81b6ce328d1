"""Bitstring status lists (W3C Bitstring Status List 1.0): one bit per credential, many credentials in one list."""

import base64
import gzip
from collections.abc import Iterable
from enum import StrEnum

#: The least length that the standard allows (section 6.1): a smaller list would tell verifiers apart.
LIST_LENGTH = 131_072
#: How many random indices are tried before a list counts as full: with half of it taken, one in 4,000 tries fails.
INDEX_TRIES = 12


#: What an entry of a list says: the bit is set.
REVOKED_VALUE = 1


class StatusPurpose(StrEnum):
    """What a set bit means. Certificates of persons are revoked; suspension is kept for passes.

    Lists of wallets are of another standard (Token Status List) and say both with two bits for each copy.
    """

    REVOCATION = "revocation"
    SUSPENSION = "suspension"
    WALLET = "wallet"


#: What the lists of wallets say of a copy while the bit of another purpose is set for the same subject.
WALLET_VALUES = {StatusPurpose.REVOCATION: 1, StatusPurpose.SUSPENSION: 2}


def served_at(purpose: StatusPurpose, code: str) -> str:
    """The path of a list's public address, without a slash before it."""
    return f"certification/wallet/status/{code}" if purpose is StatusPurpose.WALLET else f"certification/status/{code}"


def content_type_of(purpose: StatusPurpose) -> str:
    """What a list is served as: a credential, or the signed token of wallets."""
    return "application/statuslist+jwt" if purpose is StatusPurpose.WALLET else "application/vc"


def content_type_for(accepted: str) -> str:
    """What a list of certificates is served as to somebody with this `Accept`; the gateway has the same rule.

    Widely used verifiers say that they read JSON, and throw away what is called anything else.
    """
    is_json_alone = "json" in accepted and "application/vc" not in accepted
    return "application/json" if is_json_alone else content_type_of(StatusPurpose.REVOCATION)


def encode_list(indices: Iterable[int], *, length: int = LIST_LENGTH) -> str:
    """The list with these bits set: GZIP, then base64url without padding, with the multibase prefix `u`.

    Index 0 is the leftmost bit. The GZIP header bears no time, so the same indices give the same text.
    """
    bits = bytearray(length // 8)
    for index in indices:
        bits[index >> 3] |= 0x80 >> (index & 7)
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def is_set(encoded: str, index: int) -> bool:
    """Whether the bit at `index` of an encoded list of our own is set. Raises IndexError beyond its end."""
    text = encoded.removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))
