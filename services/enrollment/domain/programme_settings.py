"""Rules of the programme that the office may change: what there is to set, and within which limits.

Every change is a new version; none is overwritten. The initial figures are proposals, not law.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.enrollment.domain.errors import SettingOutOfRange


class SettingKey(StrEnum):
    """The names of the settings. Those of one level are `<name>.<level code>`."""

    ATTENDANCE_THRESHOLD_PERCENT_GRUNDKURS = "attendance_threshold_percent.grundkurs"
    ATTENDANCE_THRESHOLD_PERCENT_AUFBAUKURS = "attendance_threshold_percent.aufbaukurs"
    ATTENDANCE_THRESHOLD_PERCENT_MULTIPLIKATOR = "attendance_threshold_percent.multiplikator"
    OFFER_ANSWER_HOURS = "offer_answer_hours"
    SEATS_PER_ASSOCIATION = "seats_per_association"
    RUN_CAPACITY = "run_capacity"
    REGISTRATION_CLOSE_DAYS = "registration_close_days"


@dataclass(frozen=True)
class SettingLimits:
    """A whole number between two limits, and what holds until the office has set something else."""

    minimum: int
    maximum: int
    initial: int


#: DOMAIN.md section 6: at most 16 places; registration closed 8 days before the one workshop of which dates are known.
LIMITS: dict[SettingKey, SettingLimits] = {
    SettingKey.ATTENDANCE_THRESHOLD_PERCENT_GRUNDKURS: SettingLimits(1, 100, 80),
    SettingKey.ATTENDANCE_THRESHOLD_PERCENT_AUFBAUKURS: SettingLimits(1, 100, 80),
    SettingKey.ATTENDANCE_THRESHOLD_PERCENT_MULTIPLIKATOR: SettingLimits(1, 100, 90),
    SettingKey.OFFER_ANSWER_HOURS: SettingLimits(1, 336, 48),
    SettingKey.SEATS_PER_ASSOCIATION: SettingLimits(1, 50, 2),
    SettingKey.RUN_CAPACITY: SettingLimits(1, 200, 16),
    SettingKey.REGISTRATION_CLOSE_DAYS: SettingLimits(0, 60, 8),
}


def check_setting(key: SettingKey, value: int) -> int:
    """Give the value back, or raise SettingOutOfRange."""
    limits = LIMITS[key]
    if not limits.minimum <= value <= limits.maximum:
        raise SettingOutOfRange(minimum=limits.minimum, maximum=limits.maximum)
    return value


def attendance_threshold_key(level_code: str) -> SettingKey:
    """The setting that says how much of a level must be attended. Raises ValueError for an unknown level."""
    return SettingKey(f"attendance_threshold_percent.{level_code}")
