"""The environment of each service: the only place its settings come from, here as in production."""

import json

from shared.contracts.services import Service
from shared.devkit.runner.postgres import Postgres
from shared.devkit.runner.seaweedfs import bucket_of
from shared.devkit.runner.surroundings import FRUGAL, Surroundings
from shared.devkit.runner.valkey import broker_url


def service_environment(service: Service, *, surroundings: Surroundings, postgres: Postgres) -> dict[str, str]:
    """Every MEMO_ setting of this service, and what each of its processes gets besides."""
    identity = json.loads((surroundings.layout.keys / "identity.json").read_text(encoding="utf-8"))
    public = {name: value for name, value in identity.items() if name != "d"}
    settings = {
        "MEMO_DATABASE_URL": postgres.url(service),
        "MEMO_BROKER_URL": broker_url(surroundings),
        "MEMO_S3_ENDPOINT_URL": f"http://127.0.0.1:{surroundings.ports['s3']}",
        "MEMO_S3_PUBLIC_URL": surroundings.base_url,
        "MEMO_S3_ACCESS_KEY": surroundings.secrets["s3_access_key"],
        "MEMO_S3_SECRET_KEY": surroundings.secrets["s3_secret_key"],
        "MEMO_S3_REGION": "us-east-1",
        "MEMO_S3_BUCKET": bucket_of(service),
        "MEMO_BASE_URL": surroundings.base_url,
        "MEMO_SECRET_KEY": surroundings.secrets[f"secret_key_{service}"],
        "MEMO_IDENTITY_PUBLIC_KEYS": json.dumps({"keys": [public]}),
        "MEMO_SMTP_URL": f"smtp://127.0.0.1:{surroundings.ports['smtp']}",
        "MEMO_MAIL_FROM": "MEMO <post@memo.example>",
        "MEMO_STYLEGUIDE": "true",
    }
    own = {
        Service.ENROLLMENT: {"MEMO_IDENTITY_PRIVATE_KEY": json.dumps(identity)},
        Service.COURSEWORK: {},
        Service.CERTIFICATION: {
            "MEMO_SIGNING_KEYS_FILE": str(surroundings.layout.keys / "signing-keys.json"),
            "MEMO_PUBLIC_FOLDER": str(surroundings.layout.public),
        },
    }
    return surroundings.environment(**settings, **own[service], **FRUGAL)
