"""The office's page of the conditions of the pass: try a draft, set it, see the history."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from services.certification.domain.passes import PassRule
from services.certification.domain.permissions import Permission
from services.certification.operations import passes
from services.certification.operations.passes import RuleTrial, WeighingProgress
from services.certification.web.schemas.passes import PassRuleSchema
from services.certification.web.words import PASS_STATES, RULE_WORDS
from shared.kernel.clock import programme_date, utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Answer, Form, form_page
from shared.web.htmx import wants_part

blueprint = Blueprint("pass_rules", __name__, url_prefix="/certification/office")

#: How many associations of each kind a trial names; the counts are of all.
_NAMED = 100


@blueprint.get("/pass-rule")
@requires(Permission.PASS_RULE_CHANGE)
def edit() -> Answer:
    """The conditions of the pass, how far the weighing by them is, and their history."""
    if wants_part():
        return render_template("certification/passes/_weighing.html", progress=_progress())
    return _page(None, None)


@blueprint.post("/pass-rule")
@requires(Permission.PASS_RULE_CHANGE)
def change() -> Answer:
    """Try new conditions, or set them; the worker weighs every association by set ones as soon as they count."""
    form = Form.submitted(PassRuleSchema())
    if form.valid and form.values["action"] == "try":
        return _page(form, _trial(form))
    if form.valid:
        with form.catching(), transaction() as session:
            passes.change_rule(session, actor=current_actor(), draft=_draft(form.values), now=utc_now())
    if not form.valid:
        return _page(form, None)
    if (begins := form.values["effective_on"]) and begins > programme_date(utc_now()):
        flash(_("The new conditions are set. They count from the day that you chose."), "success")
    else:
        flash(_("The new conditions hold from now on. Below you see how far the weighing by them is."), "success")
    return redirect(url_for("pass_rules.edit"), 303)


def _trial(form: Form) -> RuleTrial | None:
    with form.catching(), reading() as session:
        return passes.try_rule(
            session,
            actor=current_actor(),
            draft=_draft(form.values),
            search=form.values["search"],
            now=utc_now(),
        )
    return None


def _draft(values: dict[str, Any]) -> PassRule:
    """The rule that the form describes; its number is given when it is set."""
    return PassRule(
        version=0,
        members_needed=values["members_needed"],
        level_codes=tuple(values["level_codes"]),
        validity_months=values["validity_months"],
        grace_days=values["grace_days"],
        renewal_window_days=values["renewal_window_days"],
        reminder_days=values["reminder_days"],
        certificate_months=values["certificate_months"],
        effective_on=values["effective_on"],
    )


def _page(form: Form | None, trial: RuleTrial | None) -> Answer:
    with reading() as session:
        rules = passes.read_rules(session, actor=current_actor(), now=utc_now())
    return form_page(
        "certification/passes/rule.html",
        form or Form.empty(PassRuleSchema(), **_initial(rules.present)),
        rules=rules,
        progress=_progress(),
        trial=trial,
        named=_NAMED,
        states=PASS_STATES,
        words=RULE_WORDS,
        today=programme_date(utc_now()),
    )


def _progress() -> WeighingProgress | None:
    with reading() as session:
        return passes.read_weighing(session, actor=current_actor(), now=utc_now())


def _initial(rule: PassRule) -> dict[str, Any]:
    facts = vars(replace(rule, effective_on=None))
    return facts | {
        "level_codes": list(rule.level_codes),
        "reminder_days": ", ".join(str(days) for days in rule.reminder_days),
    }
