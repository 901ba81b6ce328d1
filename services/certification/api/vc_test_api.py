"""The VC-API in test mode: any credential that follows the data model, signed with a key that nobody trusts.

For whoever builds software against ours and for the test suites of the W3C. Every call bears a test token. Nothing is
stored, nothing becomes a certificate, and `verify` here speaks for no programme: it knows any key that is its own name.
"""

import json

from flask import Response
from flask_smorest import Blueprint
from marshmallow import Schema, fields

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
from services.certification.domain.permissions import Permission
from services.certification.operations import test_mode, vc_presentations
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from shared.web import current_actor, public, requires, resources
from shared.web.idempotency import idempotent

blueprint = Blueprint(
    "vc_test_api",
    __name__,
    url_prefix="/api/certification/vc-api/test",
    description="VC-API of the W3C in test mode: a key that nobody trusts, nothing is stored",
)
refuse_with_400(blueprint)


class TestIssuerSchema(Schema):
    """Who signs in test mode."""

    id = fields.String(metadata={"description": "The `did:key` that drafts name as issuer, or leave out"})


@blueprint.get("/issuer")
@public
@blueprint.response(200, TestIssuerSchema)
def issuer() -> dict[str, str]:
    """The identifier of the test key."""
    return {"id": test_mode.read_test_issuer(secret=resources().settings.secret_key)}


@blueprint.post("/credentials/issue")
@requires(Permission.TEST_CREDENTIAL_ISSUE)
@idempotent
@blueprint.doc(**asks(IssueSchema))
@blueprint.alt_response(201, description="The signed credential alone")
def issue() -> tuple[Response, int]:
    """201 and the draft with the proof of the test key (eddsa-rdfc-2022)."""
    settings = resources().settings
    signed = test_mode.issue_test_credential(
        actor=current_actor(),
        draft=body_of(IssueSchema())["credential"],
        seal=seal_of(settings),
        secret=settings.secret_key,
        now=utc_now(),
    )
    return Response(json.dumps(signed, ensure_ascii=False), content_type="application/json"), 201


@blueprint.post("/credentials/verify")
@requires(Permission.TEST_CREDENTIAL_ISSUE)
@blueprint.doc(**asks(VerifySchema))
@blueprint.alt_response(400, schema=VerificationAnswerSchema, description="Something is wrong with it")
@blueprint.alt_response(200, schema=VerificationAnswerSchema, description="It follows the data model, the proof fits")
def verify() -> tuple[Response, int]:
    """200 where a credential follows the data model and its issuer, a `did:key`, has signed it."""
    document = body_of(VerifySchema())["verifiableCredential"]
    return answer_check(test_mode.verify_test_credential(actor=current_actor(), document=document, now=utc_now()))


@blueprint.post("/presentations/verify")
@requires(Permission.TEST_CREDENTIAL_ISSUE)
@blueprint.doc(**asks(VerifyPresentationSchema))
@blueprint.alt_response(400, schema=VerificationAnswerSchema, description="Something is wrong with it")
@blueprint.alt_response(200, schema=VerificationAnswerSchema, description="The proof and all credentials are right")
def verify_presentation() -> tuple[Response, int]:
    """200 where the holder's proof is right and every credential in it passes the check of test mode."""
    body, actor, now = body_of(VerifyPresentationSchema()), current_actor(), utc_now()
    found = vc_presentations.verify_presentation(
        presentation=body.get("verifiablePresentation") or body.get("presentation") or {},
        **body["options"],
        check=lambda document: tuple(test_mode.verify_test_credential(actor=actor, document=document, now=now)),
        now=now,
    )
    return answer_presentation(found)
