"""Settings of certification: those that all services have, and whose seal it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marshmallow import fields, validate

from shared.config import Settings, SettingsSchema, load_settings
from shared.contracts.services import Service


@dataclass(frozen=True, kw_only=True)
class CertificationSettings(Settings):
    """What every process of certification is given."""

    signing_key_file: Path
    signing_key_code: str
    issuer_name: str
    issuer_email: str | None
    programme_name: str


class CertificationSettingsSchema(SettingsSchema):
    """The environment names of certification's own settings."""

    signing_key_file = fields.String(
        data_key="MEMO_SIGNING_KEY_FILE",
        required=True,
        metadata={"meaning": "File with the Ed25519 key that signs certificates: a JWK or PEM (PKCS #8)"},
    )
    signing_key_code = fields.String(
        data_key="MEMO_SIGNING_KEY_CODE",
        load_default="key-2026-1",
        validate=validate.Regexp(r"^[a-z0-9-]{1,40}$"),
        metadata={"meaning": "Name of that key within did.json; a new key needs a new name"},
    )
    issuer_name = fields.String(
        data_key="MEMO_ISSUER_NAME",
        load_default="MEMO-Programmbüro",
        metadata={"meaning": "Who issues certificates, as they name it"},
    )
    issuer_email = fields.Email(
        data_key="MEMO_ISSUER_EMAIL",
        load_default=None,
        metadata={"meaning": "Address in every credential for questions about it; may be left out"},
    )
    programme_name = fields.String(
        data_key="MEMO_PROGRAMME_NAME",
        load_default="MEMO – Qualifizierung für Migrantenvereine",
        metadata={"meaning": "The programme's name at the head of every certificate"},
    )


def read_settings(environment: Mapping[str, str]) -> CertificationSettings:
    """The settings from an environment. Raises shared.config.SettingsError."""
    given = load_settings(CertificationSettingsSchema(), environment)
    given["signing_key_file"] = Path(given["signing_key_file"])
    return CertificationSettings(service=Service.CERTIFICATION, **given)
