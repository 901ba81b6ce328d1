"""Verification by number as JSON: what the public page says, for programs."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.certification.domain.verification import Check, Verdict
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import CertificateVerification, PassVerification
from services.certification.operations.verification.limits import needs_counting
from shared.kernel.clock import utc_now
from shared.web import public, resources, transaction
from shared.web.askers import asker, came_through_gateway

_QUIET = (
    ("Cache-Control", "private, no-store"),
    ("Access-Control-Allow-Origin", "*"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex, nofollow, noarchive"),
)

blueprint = Blueprint("verification_api", __name__, description="Checking certificates and passes; no account needed")


class CheckSchema(Schema):
    """One question and its answer."""

    check = fields.String(metadata={"enum": [check.value for check in Check]})
    has_passed = fields.Boolean()


class ModuleSchema(Schema):
    """One part of the level, in teaching units of 45 minutes."""

    title = fields.String()
    units = fields.Integer()


class VerificationSchema(Schema):
    """What can be said about a number. It holds the name of a person only where that person shows it to everybody."""

    kind = fields.String(metadata={"enum": ["certificate", "pass"]})
    number = fields.String()
    verdict = fields.String(metadata={"enum": [verdict.value for verdict in Verdict]})
    checks = fields.List(
        fields.Nested(CheckSchema), metadata={"description": "Empty where no signed text is there (any more)"}
    )
    checked_at = fields.AwareDateTime()
    issuer_name = fields.String()
    issuer_did = fields.String()
    key = fields.String(allow_none=True, metadata={"description": "Address of the key of the seal"})
    key_revoked_at = fields.AwareDateTime(allow_none=True)
    status_list = fields.String(allow_none=True, metadata={"description": "Address of the signed status list"})
    status_list_index = fields.Integer(allow_none=True)
    status_list_signed_at = fields.AwareDateTime(allow_none=True)
    log_proof = fields.String(
        allow_none=True, metadata={"description": "Address of the proof that the issue stands in the trust log"}
    )
    page = fields.String(metadata={"description": "The same for people"})
    badge = fields.String(metadata={"description": "The same as a small picture, for websites"})
    statement = fields.String(metadata={"description": "The same as a signed token (JWS, EdDSA)"})
    level_code = fields.String()
    level_title = fields.String()
    modules = fields.List(fields.Nested(ModuleSchema))
    units_attended = fields.Integer()
    units_offered = fields.Integer()
    quizzes_passed = fields.Integer()
    assignments_accepted = fields.Integer()
    criteria = fields.String(allow_none=True)
    holder_name = fields.String(allow_none=True, metadata={"description": "Only where the holder shows it"})
    issued_on = fields.Date()
    expires_at = fields.AwareDateTime(allow_none=True)
    changed_at = fields.AwareDateTime(allow_none=True, metadata={"description": "When it stopped to count"})
    revoked_at = fields.AwareDateTime(allow_none=True)
    revocation_reason = fields.String(allow_none=True)
    revocation_remark = fields.String(allow_none=True)
    superseded_by = fields.String(allow_none=True, metadata={"description": "Number of the certificate in its place"})
    state = fields.String(metadata={"description": "Of a pass: its state in the register"})
    association_name = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date()


@blueprint.after_request
def keep_quiet(response: Response) -> Response:
    """As on the page: nobody keeps who was checked."""
    response.headers.extend(_QUIET)
    return response


@blueprint.get("/verifications/<number>")
@public
@blueprint.response(200, VerificationSchema)
def verify(number: str) -> Response:
    """Check a certificate or a pass by its number."""
    now = utc_now()
    if came_through_gateway() and needs_counting(asker=asker(), now=now):
        with transaction() as session:
            verification.count_look(session, asker=asker(), now=now)
    settings = resources().settings
    found = verification.look_up(resources().database, typed=number, seal=seal_of(settings), now=now)
    return Response(_written(found, settings.base_url, now.replace(microsecond=0)), content_type="application/json")


@lru_cache(maxsize=256)
def _written(found: CertificateVerification | PassVerification, base_url: str, checked_at: datetime) -> str:
    """The answer as text; within a second the same finding is written once."""
    facts = _of_pass(found) if isinstance(found, PassVerification) else _of_certificate(found)
    answer = facts | _of_both(found, base_url=base_url) | {"checked_at": checked_at}
    return json.dumps(VerificationSchema().dump(answer), ensure_ascii=False)


def _of_certificate(found: CertificateVerification) -> dict[str, Any]:
    facts = dict(vars(found))
    expires_at = facts.pop("valid_until")
    return {
        **facts,
        "kind": "certificate",
        "modules": [{"title": title, "units": units} for title, units in found.modules],
        "expires_at": expires_at,
        "changed_at": found.changed_at,
        "superseded_by": found.successor,
        "holder_name": found.shown_name,
    }


def _of_pass(found: PassVerification) -> dict[str, Any]:
    return {**vars(found), "kind": "pass", "state": found.state.value}


def _of_both(found: CertificateVerification | PassVerification, *, base_url: str) -> dict[str, Any]:
    seal, page = found.seal, f"{base_url}/v/{found.number}"
    is_logged = isinstance(found, CertificateVerification) and bool(found.checks)
    return {
        "verdict": found.verdict.value,
        "issuer_name": seal.issuer_name,
        "issuer_did": seal.issuer_did,
        "key": f"{seal.issuer_did}#{seal.key_code}" if seal.key_code else None,
        "key_revoked_at": seal.key_revoked_at,
        "status_list": seal.list_url,
        "status_list_index": seal.list_index,
        "status_list_signed_at": seal.list_signed_at,
        "log_proof": f"{base_url}/api/certification/v1/log/inclusion?number={found.number}" if is_logged else None,
        "page": page,
        "badge": f"{page}/badge.svg",
        "statement": f"{page}/statement.json",
    }
