"""Forms of grading. Chosen levels travel beside these fields, as `level-<criterion>`."""

from services.coursework.domain.gradings import FEEDBACK_LIMIT, Outcome
from shared.web.fields import Choice, FormSchema, Text


class DraftSchema(FormSchema):
    """A draft as it changes; a save that does not hold the feedback leaves it as it is."""

    feedback = Text(load_default=None, most=FEEDBACK_LIMIT, lines=True)


class DecisionSchema(DraftSchema):
    """The draft with a decision."""

    outcome = Choice(Outcome, required=True)
