"""Forms of staff roles."""

from marshmallow import fields

from services.enrollment.domain.roles import ASSIGNABLE_SCOPES
from shared.kernel.actor import Role
from shared.web.fields import Choice, FormSchema

#: Trainers are named on the page of their run.
ROLES_OF_THE_OFFICE = tuple(role for role in ASSIGNABLE_SCOPES if role is not Role.TRAINER)


class RoleSchema(FormSchema):
    """A role, and the carrier where it needs one."""

    role = Choice(ROLES_OF_THE_OFFICE, required=True)
    carrier_id = fields.UUID(load_default=None)
