"""Verification by number as JSON: what the public page says, for programs."""

from typing import Any

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import PassVerification
from shared.web import public, reading, resources

blueprint = Blueprint("verification_api", __name__, description="Checking certificates and passes; no account needed")


class CheckSchema(Schema):
    """One question and its answer."""

    check = fields.String(metadata={"enum": ["genuine", "unchanged", "in_force"]})
    has_passed = fields.Boolean()


class VerificationSchema(Schema):
    """What can be said about a number. It never holds a name of a person."""

    kind = fields.String(metadata={"enum": ["certificate", "pass"]})
    number = fields.String()
    verdict = fields.String(metadata={"enum": ["valid", "revoked", "not_genuine", "awarded", "suspended", "ended"]})
    checks = fields.List(fields.Nested(CheckSchema))
    issuer_name = fields.String()
    issuer_did = fields.String()
    level_code = fields.String()
    level_title = fields.String()
    units_attended = fields.Integer()
    units_offered = fields.Integer()
    issued_on = fields.Date()
    revoked_at = fields.AwareDateTime(allow_none=True)
    revocation_reason = fields.String(allow_none=True)
    association_name = fields.String()
    valid_from = fields.Date()
    valid_until = fields.Date()


@blueprint.after_request
def keep_quiet(response: Response) -> Response:
    """As on the page: nobody keeps who was checked."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.get("/verifications/<number>")
@public
@blueprint.response(200, VerificationSchema)
def verify(number: str) -> dict[str, Any]:
    """Check a certificate or a pass by its number."""
    with reading() as session:
        found = verification.verify_number(session, typed=number, seal=seal_of(resources().settings))
    if isinstance(found, PassVerification):
        return {**vars(found), "kind": "pass", "verdict": found.state.value}
    return {**vars(found), "kind": "certificate", "verdict": found.verdict.value}
