"""Events in: one handler per event that enrollment hears. Each calls one operation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.contracts.event import Event

Handler = Callable[[Session, Any, datetime], None]

HANDLERS: dict[type[Event], Handler] = {
    # catalogue, runs, places, attendance, settings
}
