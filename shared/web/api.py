"""The JSON doors: flask-smorest over marshmallow, OpenAPI 3.1, a readable page, errors as problem+json."""

from collections.abc import Sequence
from typing import Any

from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from shared.contracts.services import Service


class ProblemSchema(Schema):
    """An error (RFC 9457)."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    instance = fields.String()
    errors = fields.Dict()


class PageSchema(Schema):
    """What every list answers beside its items: the cursor after the last one, for `?after=`."""

    next_cursor = fields.String(allow_none=True)


class MemoApi(Api):
    """smorest's Api, whose errors are ours: problem+json, from shared.web.errors."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """shared.web.errors answers them all."""


def init_api(app: Flask, *, service: Service, blueprints: Sequence[Blueprint], base_url: str) -> None:
    """Mount a service's JSON doors under /api/<service>/v1, with openapi.json beside them."""
    prefix = f"/api/{service}/v1"
    app.config.update(
        API_TITLE=f"MEMO {service}",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=prefix,
        OPENAPI_JSON_PATH="openapi.json",
        API_SPEC_OPTIONS={"servers": [{"url": base_url}]},
    )
    api: Any = MemoApi(app)
    for blueprint in blueprints:
        api.register_blueprint(blueprint, url_prefix=f"{prefix}{blueprint.url_prefix or ''}")
