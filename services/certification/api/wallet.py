"""OpenID for Verifiable Credential Issuance 1.0 for wallets: pre-authorized code flow, SD-JWT credentials.

Refusals are written as that standard and OAuth 2.0 (RFC 6749, RFC 6750) name them, not as problem+json. No answer may
be kept by a cache, and no cookie counts here: a wallet is known by its token alone.
"""

import hashlib
import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.errors import WalletRefused
from services.certification.domain.status import StatusPurpose
from services.certification.domain.wallet import WalletError, new_nonce
from services.certification.operations import publishing
from services.certification.operations.seals import seal_of
from services.certification.operations.wallet import issuing, metadata, redeeming
from shared.db import DATABASE_AWAY
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_secret
from shared.web import public, reading, resources, transaction
from shared.web.guards import from_other_sites

blueprint = Blueprint("wallet_api", __name__)

_FRESH_FOR_MINUTES = "public, max-age=300, stale-while-revalidate=3600"
_PREFIX = "/api/certification/wallet"
#: A request holds at most a batch of proofs with their attestations.
_BODY_LIMIT = 200_000


@blueprint.errorhandler(WalletRefused)
def refuse(error: WalletRefused) -> Response:
    """The refusal under its standard name; 401 where the token is at fault."""
    answer = jsonify(error=error.error, error_description=error.reason)
    answer.status_code = HTTPStatus.BAD_REQUEST
    if error.error == WalletError.INVALID_TOKEN:
        answer.status_code = HTTPStatus.UNAUTHORIZED
        answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"' if _token() else "Bearer"
    return answer


@blueprint.after_request
def open_to_wallets(response: Response) -> Response:
    """Nothing of a wallet's way is kept; wallets that are web pages may read the answers."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response


@blueprint.get("/.well-known/openid-credential-issuer")
@public
def issuer() -> AnyResponse:
    """What we issue to wallets."""
    with reading() as session:
        document = metadata.describe_issuer(session, seal=seal_of(resources().settings))
    return _for_everybody(document)


@blueprint.get("/.well-known/oauth-authorization-server")
@public
def authorisation() -> AnyResponse:
    """How wallets get a token."""
    return _for_everybody(metadata.describe_authorisation(seal=seal_of(resources().settings)))


@blueprint.get("/.well-known/jwt-vc-issuer")
@public
def keys() -> AnyResponse:
    """The keys behind credentials in wallets."""
    with reading() as session:
        document = metadata.describe_wallet_keys(session, seal=seal_of(resources().settings))
    return _for_everybody(document)


@blueprint.get("/certification/wallet/types/<code>")
@public
def credential_type(code: str) -> AnyResponse:
    """The type of a level's credential in wallets."""
    with reading() as session:
        document = metadata.describe_type(session, level_code=code, seal=seal_of(resources().settings))
    return _for_everybody(document)


@blueprint.get("/certification/wallet/status/<code>")
@public
def status_list(code: str) -> AnyResponse:
    """A status list of wallets, as it stands now, for when the gateway has no file of it; else its copy."""
    try:
        with reading() as session:
            signed = metadata.read_status_list(session, code=code)
    except DATABASE_AWAY:
        copy = publishing.find_copy(resources().documents, purpose=StatusPurpose.WALLET, code=code)
        if copy is None:
            raise
        signed = copy
    return _cached(signed, content_type="application/statuslist+jwt")


@blueprint.get(f"{_PREFIX}/offers/<reference>")
@public
def offer(reference: str) -> Response:
    """The offer behind the code on the screen."""
    with reading() as session:
        document = redeeming.describe_offer(
            session,
            reference=reference,
            seal=seal_of(resources().settings),
            key=resources().settings.secret_key,
            pin_hint=_("The six digits stand on the page of the certificate, below the code."),
            now=utc_now(),
        )
    return jsonify(document)


@blueprint.post(f"{_PREFIX}/token")
@public
@from_other_sites
def token() -> Response:
    """An access token for a pre-authorized code (section 6)."""
    if any(len(request.form.getlist(name)) > 1 for name in request.form):
        raise WalletRefused(error=WalletError.INVALID_REQUEST, reason="a parameter stands twice")
    wanted = redeeming.TokenRequest(
        grant_type=request.form.get("grant_type", ""),
        code=request.form.get("pre-authorized_code", ""),
        pin=request.form.get("tx_code", ""),
        authorization_details=request.form.get("authorization_details", ""),
    )
    with transaction() as session:
        answer = redeeming.redeem_offer(session, request=wanted, key=resources().settings.secret_key, now=utc_now())
    if answer is None:
        raise WalletRefused(error=WalletError.INVALID_GRANT, reason="tx_code is wrong")
    return jsonify(answer)


@blueprint.post(f"{_PREFIX}/nonce")
@public
@from_other_sites
def nonce() -> Response:
    """A challenge for key proofs (section 7). Nothing is kept of it until it is used."""
    return jsonify(c_nonce=new_nonce(new_secret(), key=resources().settings.secret_key, now=utc_now()))


@blueprint.post(f"{_PREFIX}/credential")
@public
@from_other_sites
def credential() -> Response:
    """Copies of the certificate, bound to the wallet's keys (section 8)."""
    wanted = _json(WalletError.INVALID_CREDENTIAL_REQUEST)
    with transaction() as session:
        answer = issuing.issue_copies(
            session,
            token=_token(),
            request=wanted,
            seal=seal_of(resources().settings),
            key=resources().settings.secret_key,
            now=utc_now(),
        )
    return jsonify(answer)


@blueprint.post(f"{_PREFIX}/notification")
@public
@from_other_sites
def notification() -> Response:
    """What became of the copies in the wallet (section 11)."""
    notice = _json(WalletError.INVALID_NOTIFICATION_REQUEST)
    with transaction() as session:
        issuing.note_outcome(session, token=_token(), notice=notice, seal=seal_of(resources().settings), now=utc_now())
    return make_response("", HTTPStatus.NO_CONTENT)


def _token() -> str:
    """The access token of the Authorization header; its scheme is written in any case."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _json(error: WalletError) -> dict[str, Any]:
    """The body as an object. Without a token the token is at fault, whatever the body is."""
    if not _token():
        raise WalletRefused(error=WalletError.INVALID_TOKEN, reason="an access token is needed")
    body = request.get_data(cache=False)
    try:
        document = json.loads(body) if len(body) <= _BODY_LIMIT else None
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise WalletRefused(error=error, reason="the body is no JSON object")
    return document


def _for_everybody(document: dict[str, Any]) -> AnyResponse:
    return _cached(json.dumps(document, ensure_ascii=False), content_type="application/json")


def _cached(content: str, *, content_type: str) -> AnyResponse:
    """An answer that any cache may hold for minutes; 304 where the asker has it already."""
    response = make_response(content)
    response.content_type = content_type
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = _FRESH_FOR_MINUTES
    response.set_etag(hashlib.sha256(content.encode()).hexdigest()[:32])
    return response.make_conditional(request)
