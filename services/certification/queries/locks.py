"""Locks that belong to no row: their numbers, each its own in this database."""

from enum import IntEnum


class AdvisoryLock(IntEnum):
    """What is locked. PUBLISHING is the first half of a pair: the second says which status list."""

    TRUST_LOG = 7_305_001
    KEYS = 7_305_002
    PASS_RULES = 7_305_003
    PUBLISHING = 7_305_004
