"""Events in: one handler per event that coursework hears. Each calls one operation."""

from collections.abc import Callable
from typing import Any

from services.coursework.operations import people, places, runs, uploads
from shared.contracts.coursework import UploadArrived
from shared.contracts.enrollment import LevelChanged, PersonChanged, PlaceConfirmed, PlaceReleased, RunChanged
from shared.contracts.event import Event
from shared.contracts.services import Service
from shared.worker import resources
from shared.worker.receive import inbox_tasks

#: Each takes the session, its event and the instant.
HANDLERS: dict[type[Event], Callable[..., Any]] = {
    PersonChanged: lambda session, event, now: people.keep_person(session, event=event),
    LevelChanged: lambda session, event, now: runs.keep_level(session, event=event),
    RunChanged: lambda session, event, now: runs.keep_run(session, event=event),
    PlaceConfirmed: lambda session, event, now: places.keep_confirmed_place(session, event=event, now=now),
    PlaceReleased: lambda session, event, now: places.keep_released_place(session, event=event),
    UploadArrived: lambda session, event, now: uploads.check_upload(
        session, documents=resources().documents, upload_id=event.upload_id, now=now
    ),
}

receive, note_receipts = inbox_tasks(Service.COURSEWORK, HANDLERS)
