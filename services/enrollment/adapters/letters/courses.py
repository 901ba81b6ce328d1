"""Letters about courses, places and certificates."""

from services.enrollment.adapters.letters.wording import Wording
from services.enrollment.domain.letters import Letter

WORDINGS: dict[Letter, Wording] = {}
