"""One service as tests use it: its app over a fresh database, clients that are somebody, its worker's tasks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from celery import Celery
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shared.resources import Resources
from tests.support import identities
from tests.support.pages import problems_of, text_of


class CheckedClient(FlaskClient):
    """A browser that refuses bad pages: every HTML answer is checked, and no answer may be a fault of ours."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.status_code in (500, 502):
            raise AssertionError(f"{response.request.path} answered {response.status_code}")
        if response.mimetype == "text/html" and b"<html" in response.data[:400]:
            problems = problems_of(response.text)
            assert not problems, f"{response.request.path}: {problems}"
        return response

    def words(self, path: str, **kwargs: Any) -> str:
        """The visible words of the page behind a path, redirects followed."""
        response = self.get(path, follow_redirects=True, **kwargs)
        assert response.status_code == 200, (path, response.status_code, text_of(response.text)[:300])
        return text_of(response.text)


class ServiceUnderTest:
    """A service's app, database and worker in the test's process."""

    def __init__(self, resources: Resources[Any], app: Flask, worker: Celery) -> None:
        self.resources = resources
        self.app = app
        self.worker = worker
        app.testing = True
        app.test_client_class = CheckedClient

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A committed transaction, for arranging and for looking."""
        with self.resources.database.transaction() as session:
            yield session

    def client(self, *, language: str = "en") -> CheckedClient:
        """A browser that has not signed in."""
        client = self.app.test_client()
        client.set_cookie("memo_language", language)
        assert isinstance(client, CheckedClient)
        return client

    def client_of(
        self,
        person_id: UUID,
        *,
        methods: tuple[str, ...] = ("pwd", "otp"),
        session_version: int = 1,
        language: str = "en",
    ) -> CheckedClient:
        """A browser with a person's identity cookie."""
        client = self.client(language=language)
        client.set_cookie(
            "memo_identity", identities.token(person_id, methods=methods, session_version=session_version)
        )
        return client


ServiceMaker = Callable[[], ServiceUnderTest]
