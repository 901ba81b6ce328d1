"""Handing certificates over: a list to be read out and printed, letters, and all files of a course."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as FileAnswer
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response

from services.certification.domain.errors import SheetNotMade, TooManyDocuments
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import ceremonies
from services.certification.operations.ceremonies import LISTED_MOST, PACKED_MOST, Chosen
from services.certification.operations.seals import seal_of
from services.certification.web.filters import typed_text, typed_texts
from services.certification.web.sentences import SENTENCES
from shared.kernel.clock import utc_now
from shared.kernel.permissions import Facts, allows
from shared.web import current_actor, reading, requires, resources
from shared.web.sentences import spoken

blueprint = Blueprint("ceremonies", __name__, url_prefix="/certification/ceremonies")

_FILTERS = ("run", "region", "since", "until")


@blueprint.get("")
@requires(Permission.CEREMONY_READ)
def overview() -> str:
    """Choose, see the list, print it."""
    chosen = _chosen()
    with reading() as session:
        choices = ceremonies.list_choices(session, actor=current_actor())
        people = ceremonies.list_ceremony(session, actor=current_actor(), chosen=chosen) if _is_chosen() else None
    return render_template(
        "certification/ceremonies/overview.html",
        choices=choices,
        people=people,
        args=typed_texts(*_FILTERS),
        listed_most=LISTED_MOST,
        packed_most=PACKED_MOST,
        is_office=allows(PERMISSIONS, current_actor(), Permission.CERTIFICATE_LIST, Facts()),
    )


@blueprint.get("/letters.pdf")
@requires(Permission.CEREMONY_READ)
def letters() -> Response:
    """A covering letter for each."""
    try:
        with reading() as session:
            pdf = ceremonies.set_letters(
                session,
                actor=current_actor(),
                chosen=_chosen(),
                seal=seal_of(resources().settings),
                now=utc_now(),
            )
    except (TooManyDocuments, SheetNotMade) as error:
        return _back(error)
    return _file(FileAnswer(pdf, content_type="application/pdf"), name="letters.pdf")


@blueprint.get("/certificates.zip")
@requires(Permission.CEREMONY_READ)
def files() -> Response:
    """The PDF of every certificate, streamed."""
    try:
        with reading() as session:
            listed = ceremonies.list_files(session, actor=current_actor(), chosen=_chosen())
    except TooManyDocuments as error:
        return _back(error)
    pieces = ceremonies.pack_files(listed, documents=resources().documents)
    return _file(FileAnswer(pieces, content_type="application/zip"), name="certificates.zip")


def _back(error: TooManyDocuments | SheetNotMade) -> Response:
    flash(spoken(error, SENTENCES), "danger")
    asked: dict[str, Any] = typed_texts(*_FILTERS)
    return redirect(url_for("ceremonies.overview", **asked), 303)


def _file(answer: FileAnswer, *, name: str) -> FileAnswer:
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": name})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _is_chosen() -> bool:
    return any(request.args.get(name) for name in _FILTERS)


def _chosen() -> Chosen:
    """What the address asks for; what is no course or date counts as not chosen."""
    return Chosen(
        run_id=_id(typed_text("run")),
        region_code=typed_text("region"),
        since=_day(typed_text("since")),
        until=_day(typed_text("until")),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
