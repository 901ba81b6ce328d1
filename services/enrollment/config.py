"""Settings of enrollment: those that all services have, and the key that signs the identity cookie."""

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow import fields

from shared.config import Settings, SettingsSchema, load_settings
from shared.contracts.services import Service


@dataclass(frozen=True, kw_only=True)
class EnrollmentSettings(Settings):
    """What every process of enrollment is given."""

    identity_private_key: str


class EnrollmentSettingsSchema(SettingsSchema):
    """The environment names of enrollment's own settings."""

    identity_private_key = fields.String(
        data_key="MEMO_IDENTITY_PRIVATE_KEY",
        required=True,
        metadata={"meaning": "JWK (JSON, OKP Ed25519, with kid) that signs identity cookies; enrollment alone has it"},
    )


def read_settings(environment: Mapping[str, str]) -> EnrollmentSettings:
    """The settings from an environment. Raises shared.config.SettingsError."""
    return EnrollmentSettings(service=Service.ENROLLMENT, **load_settings(EnrollmentSettingsSchema(), environment))
