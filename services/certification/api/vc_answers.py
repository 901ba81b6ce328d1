"""What both sides of the VC-API have in common: how a body is read, and how a check is answered."""

from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint
from marshmallow import EXCLUDE, Schema, fields
from marshmallow.exceptions import ValidationError

from services.certification.domain.errors import (
    CredentialMalformed,
    CredentialRefused,
    UploadTooLarge,
    UploadUnreadable,
)
from services.certification.domain.verification import read_upload
from services.certification.operations.vc_presentations import PresentationVerification
from shared.web.errors import problem

#: What a request may bear, for the interface's document.
CREDENTIAL_TYPES = ("application/json",)


class IssueSchema(Schema):
    """A draft. Options are taken and not needed."""

    class Meta:
        unknown = EXCLUDE

    credential = fields.Dict(keys=fields.String(), required=True)
    options = fields.Dict(keys=fields.String())


class VerifySchema(Schema):
    """A credential with its proof, or in the envelope of a signed token. Options are taken and not needed."""

    class Meta:
        unknown = EXCLUDE

    verifiableCredential = fields.Dict(keys=fields.String(), required=True)
    options = fields.Dict(keys=fields.String())


class PresentationOptionsSchema(Schema):
    """What the holder's proof has to bear."""

    class Meta:
        unknown = EXCLUDE

    challenge = fields.String(load_default=None)
    domain = fields.String(load_default=None)


class VerifyPresentationSchema(Schema):
    """A presentation with its proof, in the envelope of a signed token, or without a proof."""

    class Meta:
        unknown = EXCLUDE

    verifiablePresentation = fields.Dict(keys=fields.String())
    presentation = fields.Dict(keys=fields.String())
    options = fields.Nested(PresentationOptionsSchema, load_default=lambda: {"challenge": None, "domain": None})


class VerificationAnswerSchema(Schema):
    """The answer to a check; with 200 all is right, with 400 something is not."""

    verified = fields.Boolean()
    checks = fields.List(fields.Dict())
    errors = fields.List(fields.String())
    warnings = fields.List(fields.String())


def asks(schema: type[Schema]) -> dict[str, Any]:
    """The part of the interface's document that describes a body; it is read by `body_of`."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def body_of(schema: Schema) -> dict[str, Any]:
    """What a request asks for. Raises ValidationError, UploadTooLarge and UploadUnreadable."""
    loaded: dict[str, Any] = schema.load(read_upload(request.get_data()))
    return loaded


def answer_check(errors: list[str], *, checks: list[dict[str, Any]] | None = None) -> tuple[Response, int]:
    """200 where nothing is wrong, else 400."""
    body = jsonify(verified=not errors, checks=checks or [], errors=errors, warnings=[])
    return body, 400 if errors else 200


def answer_presentation(found: PresentationVerification) -> tuple[Response, int]:
    """Each credential by itself, and the presentation as a whole."""
    checks = [{"check": "credential", "hasPassed": not wrong, "errors": list(wrong)} for wrong in found.credentials]
    errors = [*found.problems, *(name for wrong in found.credentials for name in wrong)]
    response, status = answer_check(errors, checks=checks)
    if found.holder is None and not errors:
        response = jsonify(verified=True, checks=checks, errors=[], warnings=["no_holder_proof"])
    return response, status


def refuse_with_400(blueprint: Blueprint) -> None:
    """The VC-API knows one status for everything that cannot be worked on."""

    @blueprint.errorhandler(ValidationError)
    def refuse_body(error: ValidationError) -> Response:
        return problem(400, detail=None, kind="MalformedBody", problems=error.normalized_messages())

    @blueprint.errorhandler(CredentialMalformed)
    def refuse_credential(error: CredentialMalformed) -> Response:
        return problem(400, detail=None, kind="CredentialMalformed", problems={"credential": list(error.problems)})

    @blueprint.errorhandler(CredentialRefused)
    @blueprint.errorhandler(UploadUnreadable)
    @blueprint.errorhandler(UploadTooLarge)
    def refuse_content(error: Exception) -> Response:
        reason = getattr(error, "reason", "too_large")
        return problem(400, detail=None, kind=type(error).__name__, problems={"credential": [reason]})
