"""For later, on the visitor's own device and only when asked: a copy of the page, and our signed statement."""

from flask import Response, jsonify, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.web.verification.door import blueprint, find, not_found
from services.certification.web.verification.showing import told_of
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.ui.assets import DIST, asset
from shared.web import public, reading, resources


@blueprint.get("/kept")
@public
def kept() -> AnyResponse:
    """The pages that are kept on this device; the list is filled in by the script, we do not know it."""
    return make_response(render_template("certification/verify/kept_list.html"))


@blueprint.get("/<typed>/copy")
@public
def copy(typed: str) -> AnyResponse:
    """The page as it is kept: the same answer, with its date on top and nothing that needs a network."""
    try:
        found = find(typed)
    except NotFound:
        return not_found(typed)
    page = render_template(
        "certification/verify/copy.html", found=found, told=told_of(found), checked_at=utc_now(), number=found.number
    )
    return make_response(page)


@blueprint.get("/<typed>/statement.json")
@public
def statement(typed: str) -> Response:
    """What we say of the number now, signed (JWS, EdDSA)."""
    found = find(typed)
    with reading() as session:
        signed = verification.sign_statement(session, found=found, seal=seal_of(resources().settings), now=utc_now())
    return jsonify(signed)


@blueprint.get("/worker.js")
@public
def worker() -> AnyResponse:
    """The script that shows kept pages without a network; a browser lets it see nothing outside /v."""
    built = asset("verify-worker.js").rpartition("/")[2]
    response = make_response((DIST / built).read_text("utf-8"))
    response.content_type = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response
