"""Periodic work of enrollment: name of the task -> how often. The tasks themselves are in `tasks/<work>.py`."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {
    # people, sign-in, associations, memberships, roles
    # catalogue, runs, places, attendance, settings
}
