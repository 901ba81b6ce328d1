"""The programme office's first page: figures at a glance, and the way to everything that the office looks after."""

from flask import Blueprint, render_template

from services.enrollment.domain.permissions import Permission
from services.enrollment.queries import statistics as statistics_query
from shared.web import reading, requires

blueprint = Blueprint("office", __name__, url_prefix="/office")


@blueprint.get("")
@requires(Permission.CATALOGUE_EDIT)
def show() -> str:
    """Figures and ways."""
    with reading() as session:
        return render_template("enrollment/office/page.html", overview=statistics_query.get_overview(session))
