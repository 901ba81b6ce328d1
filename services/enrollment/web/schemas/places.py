"""Forms about places."""

from services.enrollment.web.schemas.fields import ChosenId, ChosenMember
from shared.web.fields import FormSchema


class PlaceRequestSchema(FormSchema):
    """Asking for a place: for oneself, perhaps sent by an association."""

    association_id = ChosenId(load_default=None)


class MemberRequestSchema(FormSchema):
    """The board asks for one of its members, in one of its associations."""

    member = ChosenMember(required=True)
