"""The public registers of passes and of multipliers: opened by consent, searched by everybody, closed at once."""

from services.certification.operations.registers.associations import (
    AssociationPublication,
    keep_entry,
    read_publication,
    withdraw_entry,
)
from services.certification.operations.registers.multipliers import (
    OwnMultiplierEntry,
    contact_multiplier,
    forget_hidden_multipliers,
    keep_own_entry,
    read_multiplier,
    read_own_entry,
    withdraw_own_entry,
)
from services.certification.operations.registers.searching import (
    FoundMultipliers,
    FoundPasses,
    search_multipliers,
    search_published_passes,
)
from services.certification.queries.registers import PublicFilter, PublishedPass

__all__ = [
    "AssociationPublication",
    "FoundMultipliers",
    "FoundPasses",
    "OwnMultiplierEntry",
    "PublicFilter",
    "PublishedPass",
    "contact_multiplier",
    "forget_hidden_multipliers",
    "keep_entry",
    "keep_own_entry",
    "read_multiplier",
    "read_own_entry",
    "read_publication",
    "search_multipliers",
    "search_published_passes",
    "withdraw_entry",
    "withdraw_own_entry",
]
