"""Passes of associations: weighed on every change, renewed by the board, ruled by a setting of the office."""

from services.certification.operations.passes.credentials import (
    describe_pass,
    keep_pass_credential,
    read_pass_credential,
    renew_seals,
)
from services.certification.operations.passes.foresight import Foreseen
from services.certification.operations.passes.reading import (
    PassDemands,
    PassOverview,
    RegisteredPass,
    list_own_associations,
    read_demands,
    read_pass_overview,
    search_passes,
)
from services.certification.operations.passes.renewal import renew_pass
from services.certification.operations.passes.rule_weighing import (
    WeighingProgress,
    keep_weighing,
    read_weighing,
    weigh_next,
    weigh_what_has_run_out,
)
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
    "PassDemands",
    "PassOverview",
    "RegisteredPass",
    "RuleTrial",
    "WeighingProgress",
    "change_rule",
    "describe_pass",
    "ensure_first_rule",
    "keep_pass_credential",
    "keep_weighing",
    "list_own_associations",
    "read_demands",
    "read_pass_credential",
    "read_pass_overview",
    "read_rules",
    "read_weighing",
    "remind_boards",
    "renew_pass",
    "renew_seals",
    "search_passes",
    "try_rule",
    "weigh_all_passes",
    "weigh_next",
    "weigh_passes",
    "weigh_passes_of",
    "weigh_what_has_run_out",
]
