"""Argon2id hashes of passwords and of slip words (RFC 9106)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: 19 MiB, two passes, one lane: the floor of OWASP's Password Storage Cheat Sheet, chosen for small machines with many
#: sign-ins at once. A hash made with other figures is replaced when its owner signs in next.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

#: Compared with where there is no account, so that an unknown name takes as long as a wrong password.
_HASH_OF_NOBODY = _HASHER.hash("nobody has this password")


def hash_secret(secret: str) -> str:
    """A salted Argon2id hash, with its parameters inside."""
    return _HASHER.hash(secret)


def verify_secret(argon2: str | None, secret: str) -> bool:
    """Whether the hash belongs to the secret; for `None` it takes as long and says no."""
    try:
        return _HASHER.verify(argon2 or _HASH_OF_NOBODY, secret) and argon2 is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_new_hash(argon2: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(argon2)
