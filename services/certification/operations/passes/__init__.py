"""Passes of associations: weighed on every change, renewed by the board, ruled by a setting of the office."""

from services.certification.operations.passes.credentials import (
    describe_pass,
    keep_pass_credential,
    read_pass_credential,
)
from services.certification.operations.passes.foresight import Foreseen
from services.certification.operations.passes.reading import (
    PassOverview,
    RegisteredPass,
    list_own_associations,
    read_pass_overview,
    search_passes,
)
from services.certification.operations.passes.renewal import renew_pass
from services.certification.operations.passes.rules import (
    RuleTrial,
    change_rule,
    ensure_first_rule,
    read_rules,
    try_rule,
)
from services.certification.operations.passes.weighing import (
    remind_boards,
    weigh_all_passes,
    weigh_passes,
    weigh_passes_of,
)

__all__ = [
    "Foreseen",
    "PassOverview",
    "RegisteredPass",
    "RuleTrial",
    "change_rule",
    "describe_pass",
    "ensure_first_rule",
    "keep_pass_credential",
    "list_own_associations",
    "read_pass_credential",
    "read_pass_overview",
    "read_rules",
    "remind_boards",
    "renew_pass",
    "search_passes",
    "try_rule",
    "weigh_all_passes",
    "weigh_passes",
    "weigh_passes_of",
]
