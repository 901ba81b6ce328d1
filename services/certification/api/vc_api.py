"""The VC-API of the W3C (Verifiable Credentials API 0.7) for machines.

`verify` is open to everybody. `issue` hands out what the programme has issued and composes nothing: a certificate comes
from a course alone. `status` revokes. Both are for the office with its second factor.
"""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from marshmallow import EXCLUDE, Schema, fields, validate
from marshmallow.exceptions import ValidationError

from services.certification.domain.certificates import RevocationReason
from services.certification.domain.errors import UploadUnreadable
from services.certification.domain.permissions import Permission
from services.certification.domain.verification import Verdict, read_upload
from services.certification.operations import machines, verification
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from shared.web import current_actor, public, reading, requires, resources, transaction
from shared.web.errors import problem
from shared.web.idempotency import idempotent

blueprint = Blueprint("vc_api", __name__, url_prefix="/api/certification/vc-api/credentials")


class IssueSchema(Schema):
    """A draft that names one of our certificates by its id."""

    class Meta:
        unknown = EXCLUDE

    credential = fields.Dict(keys=fields.String(), required=True)


class StatusEntrySchema(Schema):
    """The bit that is to be set."""

    class Meta:
        unknown = EXCLUDE

    type = fields.String(required=True, validate=validate.Equal("BitstringStatusListEntry"))
    status = fields.String(required=True, validate=validate.Equal("1"))
    statusPurpose = fields.String(load_default="revocation", validate=validate.Equal("revocation"))


class StatusSchema(Schema):
    """A change of status. A revocation is never taken back, so the status is always 1."""

    class Meta:
        unknown = EXCLUDE

    credentialId = fields.String(required=True)
    credentialStatus = fields.List(fields.Nested(StatusEntrySchema), required=True, validate=validate.Length(equal=1))
    reason = fields.Enum(RevocationReason, by_value=True, load_default=RevocationReason.ISSUED_IN_ERROR)


class VerifySchema(Schema):
    """A signed credential; options are taken and not needed."""

    class Meta:
        unknown = EXCLUDE

    verifiableCredential = fields.Dict(keys=fields.String(), required=True)


@blueprint.errorhandler(ValidationError)
def refuse_body(error: ValidationError) -> Response:
    """A body of another form."""
    return problem(400, detail=None, kind="MalformedBody", problems=error.normalized_messages())


@blueprint.post("/verify")
@public
def verify() -> tuple[Response, int]:
    """200 where the credential is genuine, unchanged and in force; 400 where it is not, with each check."""
    body = VerifySchema().load(read_upload(request.get_data(cache=False)))
    try:
        with reading() as session:
            found = verification.verify_document(
                session, document=body["verifiableCredential"], seal=seal_of(resources().settings)
            )
    except UploadUnreadable as error:
        return jsonify(verified=False, checks=[], errors=[error.reason], warnings=[]), 400
    is_valid = found.verdict is Verdict.VALID
    checks = [{"check": result.check.value, "hasPassed": result.has_passed} for result in found.checks]
    errors = [] if is_valid else [found.verdict.value]
    return jsonify(verified=is_valid, checks=checks, errors=errors, warnings=[]), 200 if is_valid else 400


@blueprint.post("/issue")
@requires(Permission.CREDENTIAL_ISSUE)
@idempotent
def issue() -> tuple[Response, int]:
    """201 and the bare signed credential of the certificate that the draft's id names."""
    body = IssueSchema().load(_json())
    with reading() as session:
        signed = machines.hand_out_credential(
            session, actor=current_actor(), draft=body["credential"], seal=seal_of(resources().settings)
        )
    return Response(signed, content_type="application/vc"), 201


@blueprint.post("/status")
@requires(Permission.CREDENTIAL_STATUS)
@idempotent
def status() -> tuple[Response, int]:
    """Revoke the certificate of a credential id."""
    body = StatusSchema().load(_json())
    with transaction() as session:
        machines.revoke_credential(
            session,
            actor=current_actor(),
            credential_id=body["credentialId"],
            reason=body["reason"],
            seal=seal_of(resources().settings),
            now=utc_now(),
        )
    return jsonify(revoked=True), 200


def _json() -> dict[str, Any]:
    return read_upload(request.get_data())
