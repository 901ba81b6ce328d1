"""How many statements a page sends to the database: a page that asks once per row gets slower with every row."""

import importlib
from typing import Any

import sqlalchemy as sa

from bench.pages import Page
from bench.stage import Stage
from shared.contracts.services import Service

#: More than this for one page is a sign of one question per row.
MOST = 20


class Counter:
    """The three apps in this process, over the databases of the running platform."""

    def __init__(self, stage: Stage) -> None:
        self._resources = {service: stage.resources(service) for service in Service}
        self._apps = {
            service: importlib.import_module(f"services.{service}.app").make_app(resources)
            for service, resources in self._resources.items()
        }

    def count(self, page: Page) -> int:
        """Statements of one request, those that find out who is asking included."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            sent.append(statement)

        engines = self._resources[page.service].database.engines
        client = self._apps[page.service].test_client(use_cookies=False)
        client.get(page.path, headers=page.visitor.headers)
        for engine in engines:
            sa.event.listen(engine, "before_cursor_execute", note)
        client.get(page.path, headers=page.visitor.headers)
        for engine in engines:
            sa.event.remove(engine, "before_cursor_execute", note)
        return len(sent)
