"""Passing rules: the office's editor."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.coursework.domain.permissions import Permission
from services.coursework.domain.rules import ATTEMPTS_LIMIT, PassingRules
from services.coursework.operations import rules
from services.coursework.web.schemas.rules import RulesSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("rules", __name__, url_prefix="/coursework/office/rules")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.RULES_CHANGE)
def index() -> str:
    """The rules of every level as they are now."""
    with reading() as session:
        levels = rules.list_rules(session, actor=current_actor())
    return render_template("coursework/rules/index.html", levels=levels)


@blueprint.get("/<level_code>")
@requires(Permission.RULES_CHANGE)
def edit(level_code: str) -> Answer:
    """The form."""
    return _page(level_code, None)


@blueprint.post("/<level_code>")
@requires(Permission.RULES_CHANGE)
def save(level_code: str) -> Answer:
    """Let new rules hold from now on."""
    form = Form.submitted(RulesSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            shown = rules.open_rules(session, actor=current_actor(), level_code=level_code)
            counting = set(form.values["counting_modules"])
            rules.change_rules(
                session,
                actor=current_actor(),
                level_code=level_code,
                rules=PassingRules(
                    quiz_pass_percent=form.values["quiz_pass_percent"],
                    attempts_allowed=form.values["attempts_allowed"],
                    left_out_modules=frozenset(m.code for m in shown.modules if m.code not in counting),
                ),
                based_on=form.values["based_on"],
                now=utc_now(),
            )
    if not form.valid:
        return _page(level_code, form)
    flash(_("The new rules hold from now on. Quizzes that were handed in keep their result."), "success")
    return redirect(url_for("rules.index"), 303)


def _page(level_code: str, form: Form | None) -> Answer:
    with reading() as session:
        shown = rules.open_rules(session, actor=current_actor(), level_code=level_code)
    page = render_template("coursework/rules/edit.html", shown=shown, form=form, attempts_limit=ATTEMPTS_LIMIT)
    return page if form is None or form.valid else (page, 422)
