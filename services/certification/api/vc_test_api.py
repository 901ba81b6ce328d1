"""The VC-API in test mode: any credential that follows the data model, signed with a key that nobody trusts.

For whoever builds software against ours and for the test suites of the W3C. Every call bears a test token. Nothing is
stored, nothing becomes a certificate, and `verify` here speaks for no programme: it knows any key that is its own name.
"""

import json
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields, validate

from services.certification.api.vc_answers import (
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
from services.certification.domain.status import StatusPurpose, content_type_for
from services.certification.operations import test_mode, test_status, vc_presentations
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


class TestStatusSchema(Schema):
    """An entry that the credential is to get, in one of the two lists of test mode."""

    type = fields.String(required=True, validate=validate.Equal("BitstringStatusListEntry"))
    statusPurpose = fields.String(required=True, validate=validate.OneOf(["revocation", "suspension"]))
    status = fields.Boolean(
        load_default=False, metadata={"description": "True for a credential that the list calls revoked or suspended"}
    )


class TestOptionsSchema(Schema):
    """What the signed credential is to have beyond its draft. Other options are taken and not needed."""

    class Meta:
        unknown = EXCLUDE

    credentialStatus = fields.Nested(TestStatusSchema, load_default=None)


class TestIssueSchema(Schema):
    """A draft of any credential."""

    class Meta:
        unknown = EXCLUDE

    credential = fields.Dict(keys=fields.String(), required=True)
    options = fields.Nested(TestOptionsSchema, load_default=lambda: {"credentialStatus": None})


@blueprint.get("/issuer")
@public
@blueprint.response(200, TestIssuerSchema)
def issuer() -> dict[str, str]:
    """The identifier of the test key."""
    return {"id": test_mode.read_test_issuer(secret=resources().settings.secret_key)}


@blueprint.get("/status/<purpose>")
@public
@blueprint.alt_response(200, description="The list; `application/json` for those who cannot read `application/vc`")
def status_list(purpose: str) -> Response:
    """A status list (Bitstring Status List 1.0): the first half says that all is right, the second that nothing is."""
    settings = resources().settings
    signed = test_status.read_test_list(
        purpose=purpose, seal=seal_of(settings), secret=settings.secret_key, now=utc_now()
    )
    response = Response(json.dumps(signed), content_type=content_type_for(request.headers.get("Accept", "")))
    response.headers["Cache-Control"], response.headers["Vary"] = "public, max-age=300", "Accept"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@blueprint.post("/credentials/issue")
@requires(Permission.TEST_CREDENTIAL_ISSUE)
@idempotent
@blueprint.doc(**asks(TestIssueSchema))
@blueprint.alt_response(201, description="The signed credential alone")
def issue() -> tuple[Response, int]:
    """201 and the draft with the proof of the test key (eddsa-rdfc-2022)."""
    settings = resources().settings
    body = body_of(TestIssueSchema())
    signed = test_mode.issue_test_credential(
        actor=current_actor(),
        draft=body["credential"],
        status=_wanted(body["options"]["credentialStatus"]),
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
    found = test_mode.verify_test_credential(actor=current_actor(), document=document, lists=_lists(), now=utc_now())
    return answer_check(found)


@blueprint.post("/presentations/verify")
@requires(Permission.TEST_CREDENTIAL_ISSUE)
@blueprint.doc(**asks(VerifyPresentationSchema))
@blueprint.alt_response(400, schema=VerificationAnswerSchema, description="Something is wrong with it")
@blueprint.alt_response(200, schema=VerificationAnswerSchema, description="The proof and all credentials are right")
def verify_presentation() -> tuple[Response, int]:
    """200 where the holder's proof is right and every credential in it passes the check of test mode."""
    body, actor, lists, now = body_of(VerifyPresentationSchema()), current_actor(), _lists(), utc_now()
    found = vc_presentations.verify_presentation(
        presentation=body.get("verifiablePresentation") or body.get("presentation") or {},
        **body["options"],
        check=lambda document: tuple(
            test_mode.verify_test_credential(actor=actor, document=document, lists=lists, now=now)
        ),
        now=now,
    )
    return answer_presentation(found)


def _wanted(entry: dict[str, Any] | None) -> test_status.WantedStatus | None:
    if entry is None:
        return None
    return test_status.WantedStatus(StatusPurpose(entry["statusPurpose"]), is_set=entry["status"])


def _lists() -> test_status.Lists:
    settings = resources().settings
    return test_status.Lists(seal=seal_of(settings), secret=settings.secret_key, mode=settings.foreign_badges)
