"""The programme in figures, for the office and the authority."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.runs import RunState
from services.enrollment.queries import statistics as statistics_query
from shared.web import reading, requires

blueprint = Blueprint("statistics", __name__, url_prefix="/office/statistics")


@blueprint.get("")
@requires(Permission.STATISTICS_READ)
def show_overview() -> str:
    """Counts of people, associations, runs, places and certificates, as charts beside tables."""
    with reading() as session:
        overview = statistics_query.get_overview(session)
        words = {
            RunState.DRAFT: _("Draft"),
            RunState.PUBLISHED: _("Published"),
            RunState.RUNNING: _("Under way"),
            RunState.FINISHED: _("Finished"),
            RunState.CANCELLED: _("Cancelled"),
        }
        states = [(words[RunState(state)], number) for state, number in overview.runs_by_state]
        return render_template("enrollment/statistics/page.html", overview=overview, states=states)
