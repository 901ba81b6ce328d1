"""The trust log as a page: what it is, how it stands, and how anybody can check it."""

import inspect

from flask import Blueprint, Response, make_response, render_template

from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import log_proofs
from services.certification.operations.seals import seal_of
from services.certification.web.downloads import memo_log_audit
from services.certification.web.words import LOG_KINDS
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, public, reading, resources

blueprint = Blueprint("log", __name__, url_prefix="/certification/log")

_NEWEST = 10


@blueprint.get("")
@public
def show() -> str:
    """The log in plain words, its last head, its newest entries."""
    settings = resources().settings
    with reading() as session:
        head = log_proofs.find_head(session)
        newest = log_proofs.list_newest_entries(session, limit=_NEWEST)
        keys = log_proofs.list_log_keys(session, seal=seal_of(settings))
    return render_template(
        "certification/log/page.html",
        head=head,
        newest=newest,
        keys=keys,
        kinds=LOG_KINDS,
        address=settings.base_url,
        is_office=allows(PERMISSIONS, current_actor(), Permission.KEY_LIST, Facts()),
    )


@blueprint.get("/memo_log_audit.py")
@public
def program() -> Response:
    """The program that checks the log from outside."""
    response = make_response(inspect.getsource(memo_log_audit))
    response.content_type = "text/x-python; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=memo_log_audit.py"
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
