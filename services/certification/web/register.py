"""What other people's software fetches to check our certificates: keys, status lists, what a level demands."""

import hashlib
import json

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from services.certification.domain.badges import CONTENT_TYPES, BadgeForm
from services.certification.domain.status import StatusPurpose, content_type_for
from services.certification.operations import achievements, badges, keys, publishing
from services.certification.operations.seals import seal_of
from services.certification.queries.programme import get_level
from shared.db import DATABASE_AWAY
from shared.web import public, reading, resources

blueprint = Blueprint("register", __name__)

_LIST_FRESHNESS = "public, max-age=300, stale-while-revalidate=3600"


@blueprint.get("/.well-known/did.json")
@public
def did() -> AnyResponse:
    """The keys that speak for us (did:web)."""
    with reading() as session:
        document = keys.describe_keys(session, seal=seal_of(resources().settings))
    return _for_everybody(json.dumps(document), content_type="application/did+json", freshness="public, max-age=300")


@blueprint.get("/certification/status/<code>")
@public
def status_list(code: str) -> AnyResponse:
    """A signed status list, as it stands now, for when the gateway has no file of it; without the database the copy."""
    try:
        with reading() as session:
            document = publishing.read_published(session, code=code)
    except DATABASE_AWAY:
        copy = publishing.find_copy(resources().documents, purpose=StatusPurpose.REVOCATION, code=code)
        if copy is None:
            raise
        document = copy
    content_type = content_type_for(request.headers.get("Accept", ""))
    answer = _for_everybody(document, content_type=content_type, freshness=_LIST_FRESHNESS)
    answer.vary.add("Accept")
    return answer


@blueprint.get("/certification/achievements/<code>")
@public
def achievement(code: str) -> AnyResponse:
    """What a level demands: a page for people, JSON-LD for software."""
    wanted = request.accept_mimetypes.best_match(["text/html", "application/ld+json", "application/json"])
    with reading() as session:
        found = achievements.read_achievement(session, level_code=code, seal=seal_of(resources().settings))
        level = get_level(session, code=code)
    if wanted == "text/html":
        page = render_template("certification/achievements/page.html", level=level, achievement=found)
        return make_response(page)
    return _for_everybody(
        json.dumps(found.to_document(), ensure_ascii=False),
        content_type="application/ld+json",
        freshness="public, max-age=300",
    )


@blueprint.get("/certification/achievements/<code>/badge.svg")
@public
def badge_drawing(code: str) -> AnyResponse:
    """The seal of a level, or of the pass, as drawing."""
    return _badge(code, BadgeForm.SVG)


@blueprint.get("/certification/achievements/<code>/badge.png")
@public
def badge_picture(code: str) -> AnyResponse:
    """The same as picture."""
    return _badge(code, BadgeForm.PNG)


def _badge(code: str, form: BadgeForm) -> AnyResponse:
    with reading() as session:
        drawing = badges.draw_badge(session, code=code, form=form)
    return _for_everybody(drawing, content_type=CONTENT_TYPES[form], freshness="public, max-age=86400")


def _for_everybody(content: str | bytes, *, content_type: str, freshness: str) -> AnyResponse:
    """An answer that any page and any cache may hold, with an ETag; 304 where the asker has it already."""
    response = make_response(content)
    response.content_type = content_type
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = freshness
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    return response.make_conditional(request)
