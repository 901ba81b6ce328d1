"""Passing rules of a level: settings of the programme, versioned, edited by the office."""

from dataclasses import dataclass

from services.coursework.domain.errors import RulesInvalid

ATTEMPTS_LIMIT = 20


@dataclass(frozen=True)
class PassingRules:
    """What a level asks for.

    `attempts_allowed` None means as often as one likes. `left_out_modules` names modules whose quiz and assignment
    do not count; all others do, so that a module that is added later counts unless the office says otherwise.
    """

    quiz_pass_percent: int = 70
    attempts_allowed: int | None = None
    left_out_modules: frozenset[str] = frozenset()

    def check(self) -> "PassingRules":
        """The rules themselves, or RulesInvalid naming the first that is outside its limits."""
        if not 1 <= self.quiz_pass_percent <= 100:
            raise RulesInvalid(rule="quiz_pass_percent")
        if self.attempts_allowed is not None and not 1 <= self.attempts_allowed <= ATTEMPTS_LIMIT:
            raise RulesInvalid(rule="attempts_allowed")
        return self


#: What holds until the office has set rules for a level. A proposal of this platform, not a fact of the programme.
DEFAULT_RULES = PassingRules()
