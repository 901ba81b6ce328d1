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

    signing_keys_file: Path
    public_folder: Path
    issuer_name: str
    issuer_email: str | None
    programme_name: str
    foreign_badges: str
    webhook_targets: str
    tsa_url: str | None
    tsa_timeout: int
    tsa_trust_file: Path | None


class CertificationSettingsSchema(SettingsSchema):
    """The environment names of certification's own settings."""

    signing_keys_file = fields.String(
        data_key="MEMO_SIGNING_KEYS_FILE",
        required=True,
        metadata={"meaning": "JSON file that lists the signing keys: docs/operations/keys.md"},
    )
    public_folder = fields.String(
        data_key="MEMO_PUBLIC_FOLDER",
        required=True,
        metadata={"meaning": "Folder of what the gateway serves by itself; its PUBLIC_FOLDER, written by the worker"},
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
    foreign_badges = fields.String(
        data_key="MEMO_FOREIGN_BADGES",
        load_default="public",
        validate=validate.OneOf(["public", "none", "local"]),
        metadata={
            "meaning": "Whose keys are fetched to check badges of other issuers: public (https), none, local (tests)"
        },
    )
    webhook_targets = fields.String(
        data_key="MEMO_WEBHOOK_TARGETS",
        load_default="public",
        validate=validate.OneOf(["public", "local"]),
        metadata={
            "meaning": "Where webhooks go: public (https, public addresses), local (also this machine, for tests)"
        },
    )
    tsa_url = fields.String(
        data_key="MEMO_TSA_URL",
        load_default=None,
        metadata={"meaning": "Timestamp authority (RFC 3161): https://user:password@…; may be left out"},
    )
    tsa_timeout = fields.Integer(
        data_key="MEMO_TSA_TIMEOUT",
        load_default=10,
        metadata={"meaning": "Seconds to wait for the timestamp authority"},
    )
    tsa_trust_file = fields.String(
        data_key="MEMO_TSA_TRUST_FILE",
        load_default=None,
        metadata={"meaning": "PEM file of the roots of seal and timestamps, for PAdES B-LTA; may be left out"},
    )


def read_settings(environment: Mapping[str, str]) -> CertificationSettings:
    """The settings from an environment. Raises shared.config.SettingsError."""
    given = load_settings(CertificationSettingsSchema(), environment)
    for name in ("signing_keys_file", "public_folder"):
        given[name] = Path(given[name])
    given["tsa_url"] = given["tsa_url"] or None
    given["tsa_trust_file"] = Path(given["tsa_trust_file"]) if given["tsa_trust_file"] else None
    return CertificationSettings(service=Service.CERTIFICATION, **given)
