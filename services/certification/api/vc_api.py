"""The VC-API of the W3C (Verifiable Credentials API 0.7) for machines, over real certificates.

`verify` is open to everybody. `issue` hands out what the programme has issued and composes nothing: a certificate comes
from a course alone. `status` revokes. Both are for API tokens with that scope, and for the office with its second
factor. What integrators may compose themselves: vc_test_api.py.
"""

from flask import Response, jsonify
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields, validate

from services.certification.api.vc_answers import (
    IssueSchema,
    VerificationAnswerSchema,
    VerifyPresentationSchema,
    VerifySchema,
    answer_check,
    answer_presentation,
    asks,
    body_of,
    refuse_with_400,
)
from services.certification.domain.certificates import RevocationReason
from services.certification.domain.errors import UploadUnreadable
from services.certification.domain.permissions import Permission
from services.certification.domain.verification import Verdict
from services.certification.operations import machines, vc_presentations, verification
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from shared.web import current_actor, public, reading, requires, resources, transaction
from shared.web.askers import asker
from shared.web.idempotency import idempotent

blueprint = Blueprint(
    "vc_api",
    __name__,
    url_prefix="/api/certification/vc-api",
    description="VC-API of the W3C over real certificates",
)
refuse_with_400(blueprint)


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


class StatusAnswerSchema(Schema):
    """The certificate no longer counts."""

    revoked = fields.Boolean()


@blueprint.post("/credentials/verify")
@public
@blueprint.doc(**asks(VerifySchema))
@blueprint.alt_response(400, schema=VerificationAnswerSchema, description="Something is wrong with it")
@blueprint.alt_response(200, schema=VerificationAnswerSchema, description="Genuine, unchanged and in force")
def verify() -> tuple[Response, int]:
    """200 where the credential is genuine, unchanged and in force; 400 where it is not, with each check."""
    body = body_of(VerifySchema())
    try:
        presented = vc_presentations.read_enveloped(body["verifiableCredential"])
        with reading() as session:
            found = verification.verify_presented(
                session, presented=presented, seal=seal_of(resources().settings), now=utc_now()
            )
    except UploadUnreadable as error:
        return answer_check([error.reason])
    if found is None:
        return answer_check(["foreign"])
    checks = [{"check": result.check.value, "hasPassed": result.has_passed} for result in found.found.checks]
    return answer_check([] if found.verdict is Verdict.VALID else [found.verdict.value], checks=checks)


@blueprint.post("/credentials/issue")
@requires(Permission.CREDENTIAL_ISSUE)
@idempotent
@blueprint.doc(**asks(IssueSchema))
@blueprint.alt_response(201, description="The signed credential alone")
def issue() -> tuple[Response, int]:
    """201 and the bare signed credential of the certificate that the draft's id names."""
    body = body_of(IssueSchema())
    with reading() as session:
        signed = machines.hand_out_credential(
            session, actor=current_actor(), draft=body["credential"], seal=seal_of(resources().settings)
        )
    return Response(signed, content_type="application/json"), 201


@blueprint.post("/credentials/status")
@requires(Permission.CREDENTIAL_STATUS)
@idempotent
@blueprint.doc(**asks(StatusSchema))
@blueprint.alt_response(200, schema=StatusAnswerSchema, description="Revoked")
def status() -> tuple[Response, int]:
    """Revoke the certificate of a credential id."""
    body = body_of(StatusSchema())
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


@blueprint.post("/presentations/verify")
@public
@blueprint.doc(**asks(VerifyPresentationSchema))
@blueprint.alt_response(400, schema=VerificationAnswerSchema, description="Something is wrong with it")
@blueprint.alt_response(200, schema=VerificationAnswerSchema, description="The proof and all credentials are right")
def verify_presentation() -> tuple[Response, int]:
    """200 where the holder's proof is right and every certificate in it counts; 400 where not, with each check."""
    body = body_of(VerifyPresentationSchema())
    now = utc_now()
    if not current_user.is_authenticated:
        with transaction() as session:
            verification.count_upload(session, asker=asker(), now=now)
    with reading() as session:
        found = vc_presentations.verify_presentation(
            presentation=body.get("verifiablePresentation") or body.get("presentation") or {},
            **body["options"],
            check=lambda document: vc_presentations.check_issued_credential(
                session, document=document, seal=seal_of(resources().settings), now=now
            ),
            now=now,
        )
    return answer_presentation(found)
