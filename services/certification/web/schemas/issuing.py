"""Forms about releasing, making anew, and issuing many at once."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validate

from services.certification.domain.reissues import REASONS_OF_HOLDERS
from services.certification.domain.releases import RefusalReason
from shared.web.fields import Choice, FormSchema, Text, Yes


class RefusalSchema(FormSchema):
    """Not releasing a certificate: why, and what the person reads."""

    reason = Choice(RefusalReason, required=True)
    note = Text(required=True, most=2000, lines=True)


class ReleaseRuleSchema(FormSchema):
    """The levels whose certificates a person must release."""

    level_codes = fields.List(
        fields.String(validate=validate.Length(max=40)), load_default=list, validate=validate.Length(max=20)
    )


class ManyPlacesSchema(FormSchema):
    """Several places of a list."""

    place_ids = fields.List(
        fields.UUID(error_messages={"invalid_uuid": _l("Please choose one of the options.")}),
        required=True,
        validate=validate.Length(min=1, max=500, error=_l("Please choose at least one.")),
        error_messages={"required": _l("Please choose at least one.")},
    )


class ReissueAskedSchema(FormSchema):
    """What a holder asks for."""

    reason = Choice(REASONS_OF_HOLDERS, required=True)
    text = Text(required=True, most=2000, lines=True)


class ReissueSchema(FormSchema):
    """Making a certificate anew by the office's own decision."""

    reason = Choice(REASONS_OF_HOLDERS, required=True)


class AnswerSchema(FormSchema):
    """What the office answers a holder."""

    answer = Text(required=True, most=2000, lines=True)


class BatchSchema(FormSchema):
    """For whom many certificates are issued at once: one course, or everything that waits of a level or of all."""

    run_id = fields.UUID(load_default=None, error_messages={"invalid_uuid": _l("Please choose one of the options.")})
    level_code = Text(most=40, load_default="")


class TemplateSchema(FormSchema):
    """One version of what a certificate says."""

    title = Text(required=True, most=200)
    sheet_text = Text(required=True, most=2000)
    description = Text(required=True, most=2000)
    criteria = Text(required=True, most=2000, lines=True)
    shows_units = Yes()
    shows_modules = Yes()
    shown_results = fields.List(
        Choice(("attendance", "quizzes", "assignments", "rubrics")), load_default=list, validate=validate.Length(max=4)
    )
    eqf_level = Choice(("1", "2", "3", "4", "5", "6", "7", "8"), load_default="")
    dqr_level = Choice(("1", "2", "3", "4", "5", "6", "7", "8"), load_default="")
    skills = Text(most=5000, lines=True, load_default="")
    languages = fields.List(fields.String(validate=validate.Length(max=20)), load_default=list)
