"""Certificates for many at once: start, watch, pause, go on, end, report; and what waits for something."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as FileAnswer
from flask_babel import gettext as _
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response

from services.certification.domain.batches import BatchState
from services.certification.domain.permissions import Permission
from services.certification.operations import batches, waiting
from services.certification.operations.batches import BatchOverview
from services.certification.queries.batches import ReportLine
from services.certification.queries.programme import list_levels, list_runs
from services.certification.web.schemas.issuing import BatchSchema
from services.certification.web.words import BATCH_PROBLEMS, BATCH_STATES, DOCUMENTS_HELD_UP, OUTCOMES
from shared.kernel.clock import utc_now
from shared.ui.formats import format_datetime
from shared.web import current_actor, reading, requires, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form
from shared.web.htmx import wants_part

blueprint = Blueprint("batches", __name__, url_prefix="/certification/office")

Answer = str | Response | tuple[str, int]
#: What a spreadsheet takes for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/batches")
@requires(Permission.BATCH_RUN)
def overview() -> Answer:
    """What was issued for many at once, and what waits."""
    return _overview_page(Form.empty(BatchSchema()))


@blueprint.post("/batches")
@requires(Permission.BATCH_RUN)
def start() -> Answer:
    """Issue for a course, or all that waits."""
    form = Form.submitted(BatchSchema())
    batch_id: UUID | None = None
    if form.valid:
        run_id, level_code = form.values["run_id"], form.values["level_code"] or None
        with form.catching(), transaction() as session:
            batch_id = batches.start_batch(
                session,
                actor=current_actor(),
                title=_title(run_id, level_code),
                run_id=run_id,
                level_code=level_code,
                now=utc_now(),
            ).id
    if not form.valid:
        return _overview_page(form)
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _title(run_id: UUID | None, level_code: str | None) -> str:
    with reading() as session:
        runs = {run.run_id: f"{run.title}, {run.town}" for run in list_runs(session)}
        levels = {level.code: level.title for level in list_levels(session)}
    if run_id is not None:
        return runs.get(run_id, str(run_id))
    return levels.get(level_code or "", _("Everything that waits"))


def _overview_page(form: Form) -> Answer:
    with reading() as session:
        started = batches.list_overviews(session, actor=current_actor())
        held_up = waiting.list_waiting(session, actor=current_actor())
        runs, levels = list_runs(session), list_levels(session)
    page = render_template(
        "certification/batches/overview.html",
        batches=started,
        waiting=held_up,
        runs=runs,
        levels=levels,
        states=BATCH_STATES,
        outcomes=OUTCOMES,
        form=form,
    )
    return page if form.valid else (page, 422)


@blueprint.get("/batches/<uuid:batch_id>")
@requires(Permission.BATCH_RUN)
def show(batch_id: UUID) -> Answer:
    """How far a batch is."""
    return _batch_page(batch_id, Form.empty(FormSchema()))


def _batch_page(batch_id: UUID, form: Form) -> Answer:
    with reading() as session:
        shown: BatchOverview = batches.read_batch(session, actor=current_actor(), batch_id=batch_id, now=utc_now())
    template = "_progress" if wants_part() else "detail"
    page = render_template(
        f"certification/batches/{template}.html",
        shown=shown,
        batch=shown.batch,
        progress=shown.progress,
        state=BATCH_STATES[shown.batch.state],
        problem=BATCH_PROBLEMS[shown.batch.problem] if shown.batch.problem else None,
        held_up=_held_up(shown),
        outcomes=[(OUTCOMES[outcome], count) for outcome, count in sorted(shown.progress.outcomes.items())],
        form=form,
    )
    return page if form.valid else (page, 422)


def _held_up(shown: BatchOverview) -> list[str]:
    """Why documents wait."""
    held_up = shown.documents.held_up if shown.documents else frozenset()
    return [str(DOCUMENTS_HELD_UP[problem]) for problem in sorted(held_up)]


@blueprint.post("/batches/<uuid:batch_id>/pause")
@requires(Permission.BATCH_RUN)
def pause(batch_id: UUID) -> Answer:
    """Stop after what is being done at this moment."""
    return _change(batch_id, BatchState.PAUSED, _("The batch is paused. It goes on where it stopped."))


@blueprint.post("/batches/<uuid:batch_id>/resume")
@requires(Permission.BATCH_RUN)
def resume(batch_id: UUID) -> Answer:
    """Go on."""
    return _change(batch_id, BatchState.RUNNING, _("The batch goes on."))


@blueprint.post("/batches/<uuid:batch_id>/cancel")
@requires(Permission.BATCH_RUN)
def cancel(batch_id: UUID) -> Answer:
    """Leave the rest undone. What was issued stays issued."""
    return _change(batch_id, BatchState.CANCELLED, _("The batch is cancelled. What was issued stays issued."))


def _change(batch_id: UUID, state: BatchState, said: str) -> Answer:
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        batches.change_batch(session, actor=current_actor(), batch_id=batch_id, state=state, now=utc_now())
    if not form.valid:
        return _batch_page(batch_id, form)
    flash(said, "success")
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


@blueprint.get("/batches/<uuid:batch_id>/report.csv")
@requires(Permission.BATCH_RUN)
def report(batch_id: UUID) -> FileAnswer:
    """What became of each, for a spreadsheet."""
    with reading() as session:
        table = "".join(_lines(batches.report_of(session, actor=current_actor(), batch_id=batch_id)))
    answer = FileAnswer("\ufeff" + table, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = dump_options_header("attachment", {"filename": f"batch-{batch_id}.csv"})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _lines(report_lines: Iterator[ReportLine]) -> Iterator[str]:
    yield _line([_("Name"), _("Level"), _("Number"), _("What became of it"), _("When")])
    for line in report_lines:
        became = str(OUTCOMES[line.outcome]) if line.outcome else _("Not done")
        when = format_datetime(line.done_at) if line.done_at else ""
        yield _line([line.full_name or "", line.level_code or "", line.number or "", became, when])


def _line(values: list[str]) -> str:
    """One line; no cell can become a formula."""
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerow(
        [f"'{value}" if value.startswith(_FORMULA_SIGNS) else value for value in values]
    )
    return held.getvalue()
