"""Settings of a service: typed, from the environment only, checked at the start.

Each service's `config.py` is the one place that reads the environment; it extends the schema below by what only that
service needs. A default stands here only when it is right for production and harmless to publish.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate, validates_schema

from shared.contracts.services import Service

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(Exception):
    """The environment lacks a setting or holds one that cannot be used. Says which, and what it means."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What every process of a service is given. Each field's meaning stands at its schema field below."""

    service: Service
    database_url: str
    database_pool_size: int
    broker_url: str
    s3_endpoint_url: str
    s3_public_url: str
    s3_access_key: str
    s3_secret_key: str
    s3_region: str
    s3_bucket: str
    base_url: str
    secret_key: str
    identity_public_keys: str
    smtp_url: str
    mail_from: str
    log_level: str
    worker_memory_mib: int
    is_styleguide_shown: bool

    @property
    def is_https(self) -> bool:
        """Whether people reach the platform by https; decides the cookies' prefix and Secure attribute."""
        return urlsplit(self.base_url).scheme == "https"


def _text(name: str, meaning: str, **more: Any) -> fields.String:
    more.setdefault("required", "load_default" not in more)
    return fields.String(data_key=name, metadata={"meaning": meaning}, **more)


class SettingsSchema(Schema):
    """The environment names of the shared settings, and what each means."""

    class Meta:
        unknown = EXCLUDE

    database_url = _text("MEMO_DATABASE_URL", "This service's own database: postgresql+psycopg://role:password@host/db")
    database_pool_size = fields.Integer(
        data_key="MEMO_DATABASE_POOL_SIZE",
        load_default=5,
        validate=validate.Range(min=1, max=100),
        metadata={"meaning": "Connections one process keeps; at least the number of its threads"},
    )
    broker_url = _text("MEMO_BROKER_URL", "The broker of the Celery queues: amqp://… (RabbitMQ) or redis://… (Valkey)")
    s3_endpoint_url = _text("MEMO_S3_ENDPOINT_URL", "Where the services reach the S3 store")
    s3_public_url = _text("MEMO_S3_PUBLIC_URL", "Where browsers reach the S3 store; the platform's own origin")
    s3_access_key = _text("MEMO_S3_ACCESS_KEY", "Access key of the S3 store")
    s3_secret_key = _text("MEMO_S3_SECRET_KEY", "Secret key of the S3 store")
    s3_region = _text("MEMO_S3_REGION", "Region of the S3 store", load_default="us-east-1")
    s3_bucket = _text("MEMO_S3_BUCKET", "This service's own bucket; its name begins with memo-")
    base_url = _text("MEMO_BASE_URL", "The address people type, without a slash at the end")
    secret_key = _text(
        "MEMO_SECRET_KEY", "Signs short-lived cookies and encrypts second factors", validate=validate.Length(min=32)
    )
    identity_public_keys = _text("MEMO_IDENTITY_PUBLIC_KEYS", "JWK set (JSON) that identity cookies are checked with")
    smtp_url = _text("MEMO_SMTP_URL", "Mail server: smtp://user:password@host:port, or smtps://…")
    mail_from = _text("MEMO_MAIL_FROM", "The sender of every mail, as name and address")
    log_level = _text(
        "MEMO_LOG_LEVEL",
        "How much is logged: DEBUG, INFO, WARNING or ERROR",
        load_default="INFO",
        validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]),
    )
    worker_memory_mib = fields.Integer(
        data_key="MEMO_WORKER_MEMORY_MIB",
        load_default=300,
        validate=validate.Range(min=80, max=10_000),
        metadata={"meaning": "MiB; a worker child that holds more makes room for a new one after its task"},
    )
    is_styleguide_shown = fields.Boolean(
        data_key="MEMO_STYLEGUIDE",
        load_default=False,
        metadata={"meaning": "Whether /styleguide shows every component; for machines of developers"},
    )

    @validates_schema
    def check_base_url(self, data: dict[str, Any], **_: Any) -> None:
        """Plain http is for this machine only: cookies would travel in the clear."""
        parts = urlsplit(data["base_url"])
        if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
            raise ValidationError("must be https, unless the host is this machine", "MEMO_BASE_URL")
        if data["base_url"].endswith("/"):
            raise ValidationError("must not end with a slash", "MEMO_BASE_URL")


def load_settings(schema: Schema, environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings that a schema asks for. Raises SettingsError that names every setting at fault and its meaning."""
    try:
        return schema.load(dict(environment))
    except ValidationError as error:
        meanings = {field.data_key: field.metadata.get("meaning", "") for field in schema.fields.values()}
        lines = [
            f"  {name}: {' '.join(map(str, problems))} ({meanings.get(name, '')})"
            for name, problems in error.normalized_messages().items()
        ]
        raise SettingsError("These settings are missing or cannot be used:\n" + "\n".join(lines)) from None
