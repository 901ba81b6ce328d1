"""The three services, as they name themselves on queues, in addresses and in logs."""

from enum import StrEnum


class Service(StrEnum):
    """A slice of the programme with its own database, queues and processes."""

    ENROLLMENT = "enrollment"
    COURSEWORK = "coursework"
    CERTIFICATION = "certification"
