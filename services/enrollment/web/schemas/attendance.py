"""Forms about attendance."""

from services.enrollment.domain.attendance import MarkState
from shared.web.fields import Choice, FormSchema


class MarkSchema(FormSchema):
    """One tap on the attendance list."""

    state = Choice([state.value for state in MarkState], required=True)
