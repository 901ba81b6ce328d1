"""What tasks find in their process: the service's resources, and the one transaction of each task."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from celery import Celery, current_app
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    # The relay and the schedule need no resources, and would carry the S3 client in their memory.
    from shared.resources import Resources

_ATTRIBUTE = "memo_resources"


def attach(app: Celery, resources_of_service: "Resources[Any]") -> None:
    """Give a Celery app its service's resources."""
    setattr(app, _ATTRIBUTE, resources_of_service)


def resources() -> "Resources[Any]":
    """The resources of the service whose worker this is."""
    return cast("Resources[Any]", getattr(current_app._get_current_object(), _ATTRIBUTE))


@contextmanager
def transaction() -> Iterator[Session]:
    """The one transaction of a task."""
    with resources().database.transaction() as session:
        yield session
