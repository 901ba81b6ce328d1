"""The programme in figures, for the office and the authority."""

from flask import Blueprint, render_template

from services.enrollment.domain.permissions import Permission
from services.enrollment.queries import statistics as statistics_query
from shared.web import reading, requires

blueprint = Blueprint("statistics", __name__, url_prefix="/office/statistics")


@blueprint.get("")
@requires(Permission.STATISTICS_READ)
def show_overview() -> str:
    """Counts of people, associations, runs, places and certificates, as charts beside tables."""
    with reading() as session:
        return render_template("enrollment/statistics/page.html", overview=statistics_query.get_overview(session))
