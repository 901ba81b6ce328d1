"""What all addresses below /v have in common."""

from flask import Blueprint, Response, make_response, render_template
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.numbers import strange_characters
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import CertificateVerification, PassVerification
from services.certification.operations.verification.limits import needs_counting
from shared.kernel.clock import utc_now
from shared.web import resources, transaction
from shared.web.askers import asker, came_through_gateway

blueprint = Blueprint("verification", __name__, url_prefix="/v")

_QUIET = (("X-Robots-Tag", "noindex, nofollow, noarchive"), ("Referrer-Policy", "no-referrer"))

Found = CertificateVerification | PassVerification


@blueprint.after_request
def keep_quiet(response: Response) -> Response:
    """Nobody learns from us who was checked: no search engine, no cache, no referrer."""
    response.headers.extend(_QUIET)
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def find(typed: str) -> Found:
    """What is known of a number, after this look was counted. Raises NotFound and TooManyAttempts."""
    now = utc_now()
    if came_through_gateway() and needs_counting(asker=asker(), now=now):
        with transaction() as session:
            verification.count_look(session, asker=asker(), now=now)
    settings = resources().settings
    return verification.look_up(resources().database, typed=typed, seal=seal_of(settings), now=now)


def not_found(typed: str) -> AnyResponse:
    """The page for a number that nobody was given: mostly a slip."""
    page = render_template(
        "certification/verify/not_found.html",
        typed="".join(letter for letter in typed if letter.isprintable()),
        strange=" ".join(strange_characters(typed)),
    )
    return make_response(page, 404)
