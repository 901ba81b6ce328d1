"""A new certificate in the place of one: asked for by its holder, decided by the office, done in one transaction."""

from services.certification.operations.reissues.replacing import reissue_many
from services.certification.operations.reissues.requests import (
    Lineage,
    ask_for_reissue,
    grant_reissue,
    list_asked,
    read_asked,
    read_lineage,
    refuse_reissue,
    reissue_certificate,
)

__all__ = [
    "Lineage",
    "ask_for_reissue",
    "grant_reissue",
    "list_asked",
    "read_asked",
    "read_lineage",
    "refuse_reissue",
    "reissue_certificate",
    "reissue_many",
]
