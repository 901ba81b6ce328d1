"""The JSON doors: flask-smorest over marshmallow, OpenAPI 3.1, a readable page, errors as problem+json."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from flask import Blueprint as PageBlueprint
from flask import Flask, Response, render_template
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from shared.config import Settings
from shared.web.context import web_service
from shared.web.guards import public
from shared.web.identity import cookie_name
from shared.web.openapi import complete, guards_of, operations_of


class ProblemSchema(Schema):
    """An error (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    instance = fields.String()
    errors = fields.Dict(metadata={"description": "Sentences by field"})


class PageSchema(Schema):
    """What every list answers beside its items: the cursor after the last one, for `?after=`."""

    next_cursor = fields.String(allow_none=True)


class MemoApi(Api):
    """smorest's Api, whose errors and whose document are ours."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """shared.web.errors answers them all."""

    @cached_property
    def document(self) -> dict[str, Any]:
        """The OpenAPI document, made at the first request for it."""
        settings = self._app.extensions["memo"].resources.settings
        return complete(
            self.spec.to_dict(),
            guards=guards_of(self._app),
            cookie=cookie_name(settings),
            has_tokens=web_service().load_machine is not None,
        )

    def _openapi_json(self) -> Response:
        response: Response = self._app.json.response(self.document)
        return response


def init_api(app: Flask, *, settings: Settings, blueprints: Sequence[Blueprint]) -> None:
    """Mount a service's JSON doors under /api/<service>/v1: openapi.json beside them, a page to read at its root.

    A blueprint whose prefix is a whole path below /api stays there: a standard says where it is.
    """
    prefix = f"/api/{settings.service}/v1"
    app.config.update(
        API_TITLE=f"MEMO {settings.service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=prefix,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"servers": [{"url": settings.base_url}]},
    )
    api: Any = MemoApi(app)
    for blueprint in blueprints:
        own = blueprint.url_prefix or ""
        api.register_blueprint(blueprint, url_prefix=own if own.startswith("/api/") else f"{prefix}{own}")
    app.register_blueprint(_readable(api), url_prefix=prefix)


def _readable(api: MemoApi) -> PageBlueprint:
    """The same document as a page for people, at the root of the JSON doors."""
    blueprint = PageBlueprint("interface", __name__)

    @blueprint.get("/")
    @public
    def show() -> str:
        return render_template(
            "ui/interface.html", title=api.document["info"]["title"], groups=operations_of(api.document)
        )

    return blueprint
