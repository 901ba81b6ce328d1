"""What a view finds: the service's resources, one transaction, and who is acting."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from shared.kernel.actor import ANONYMOUS, Actor
from shared.kernel.permissions import PermissionTable
from shared.resources import Resources
from shared.web.identity import IdentityKeys, LoadMachine, LoadPerson
from shared.web.sentences import Sentences

EXTENSION = "memo"


@dataclass(frozen=True)
class WebService:
    """What the factory was given for one service; lies in `app.extensions`."""

    resources: Resources[Any]
    permissions: PermissionTable
    sentences: Sentences
    load_person: LoadPerson
    identity_keys: IdentityKeys
    #: None where the service has no API tokens.
    load_machine: LoadMachine | None = None


def web_service() -> WebService:
    """The service whose app this is."""
    return cast(WebService, current_app.extensions[EXTENSION])


def resources() -> Resources[Any]:
    """The settings and connections of the service."""
    return web_service().resources


@contextmanager
def transaction() -> Iterator[Session]:
    """The one transaction of a request that changes something."""
    with resources().database.transaction() as session:
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """The transaction of a request that only looks; PostgreSQL refuses any write in it."""
    with resources().database.reading() as session:
        yield session


def current_actor() -> Actor:
    """Who is acting in this request."""
    return current_user.actor if current_user.is_authenticated else ANONYMOUS
