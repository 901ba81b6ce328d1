"""Reading what strangers hand in: each file in a process of its own, which has nothing to lose and little time."""

from services.certification.adapters.reading.isolated import Busy, Refused, Task, run_isolated

__all__ = ["Busy", "Refused", "Task", "run_isolated"]
