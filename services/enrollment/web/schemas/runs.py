"""Forms about course runs, their dates and venues."""

from services.enrollment.web.schemas.fields import ChosenId, ClockTime, course_day, number_between
from shared.web.fields import Email, FormSchema, Text, Yes


class RunSchema(FormSchema):
    """What a carrier decides about a run."""

    title = Text(required=True, most=120)
    region_code = Text(required=True, most=60)
    town = Text(required=True, most=80)
    venue_id = ChosenId(load_default=None)
    capacity = number_between(1, 200)
    seats_per_association = number_between(1, 50)
    starts_on = course_day()
    ends_on = course_day()
    registration_closes_on = course_day()
    language_notes = Text(most=500, lines=True, load_default="")


class NewRunSchema(RunSchema):
    """A new run also belongs to a carrier and a level; both stay."""

    carrier_id = ChosenId(required=True)
    level_code = Text(required=True, most=60)


class SessionSchema(FormSchema):
    """One workshop on one day."""

    module_code = Text(required=True, most=80)
    session_on = course_day()
    starts = ClockTime(required=True)
    ends = ClockTime(required=True)


class TrainerSchema(FormSchema):
    """Who is to teach."""

    email = Email(required=True)


class VenueSchema(FormSchema):
    """A house, and what people must know before they come."""

    name = Text(required=True, most=120)
    street = Text(required=True, most=120)
    postcode = Text(required=True, most=10)
    town = Text(required=True, most=80)
    access_notes = Text(most=500, lines=True, load_default="")
    has_ramp = Yes()
    has_prayer_room = Yes()
    has_childcare = Yes()
