"""Figures and export of all passes: for the office and the granting authority."""

import csv
import io

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _

from services.certification.domain.geography import REGIONS
from services.certification.domain.passes import PassState
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations import pass_statistics
from services.certification.web.words import PASS_STATES
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.permissions import Facts, allows
from shared.ui.formats import format_date
from shared.web import current_actor, reading, requires

blueprint = Blueprint("pass_statistics", __name__, url_prefix="/certification/office/passes")

#: A cell that begins with one of these would be run as a formula by spreadsheets.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/statistics")
@requires(Permission.PASS_LIST)
def show() -> str:
    """Passes by region and state, and over twelve months."""
    with reading() as session:
        figures = pass_statistics.read_statistics(session, actor=current_actor(), now=utc_now())
    codes = [*REGIONS, *sorted(set(figures.by_region) - set(REGIONS))]
    return render_template(
        "certification/passes/statistics.html",
        figures=figures,
        states=[(state, PASS_STATES[state][0]) for state in PassState],
        rows=[(REGIONS.get(code, code), figures.by_region.get(code, {})) for code in codes],
        months=[(format_date(day, "MM/yy"), count) for day, count in figures.in_force],
        may_change_rule=allows(PERMISSIONS, current_actor(), Permission.PASS_RULE_CHANGE, Facts()),
    )


@blueprint.get("/export.csv")
@requires(Permission.PASS_LIST)
def export() -> Response:
    """All passes as a table that spreadsheets open."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Number"),
            _("Association"),
            _("Place"),
            _("Region"),
            _("State"),
            _("Valid from"),
            _("Valid until"),
            _("Grace"),
        ]
    )
    with reading() as session:
        for row in pass_statistics.export_passes(session, actor=current_actor()):
            cells = [row.number, row.association, row.town, REGIONS.get(row.region_code, row.region_code)]
            dates = [day.isoformat() if day else "" for day in (row.valid_from, row.valid_until, row.grace_until)]
            writer.writerow([*map(_harmless, cells), str(PASS_STATES[row.state][0]), *dates])
    name = f"memo-passes-{programme_date(utc_now()).isoformat()}.csv"
    response = Response("\N{ZERO WIDTH NO-BREAK SPACE}" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
