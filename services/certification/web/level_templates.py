"""What certificates say: the office writes a draft, sees it, publishes it; published versions stay as they are."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask import Response as FileAnswer
from flask_babel import gettext as _
from werkzeug.http import dump_options_header
from werkzeug.wrappers import Response

from services.certification.domain.permissions import Permission
from services.certification.domain.templates import Framework, ShownResult, Wording, framework_level, read_skills
from services.certification.operations import sample_sheets, templates
from services.certification.operations.achievements import default_wording
from services.certification.operations.seals import seal_of
from services.certification.operations.templates import LevelTemplates
from services.certification.queries.templates import wording_of
from services.certification.web.schemas.issuing import TemplateSchema
from services.certification.web.words import LANGUAGE_NAMES, SHOWN_RESULTS, TEMPLATE_FIELDS
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.fields import FormSchema
from shared.web.forms import Form

blueprint = Blueprint("level_templates", __name__, url_prefix="/certification/office/templates")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.TEMPLATE_CHANGE)
def overview() -> str:
    """Every level and the version that counts."""
    with reading() as session:
        levels = templates.list_level_templates(session, actor=current_actor())
    return render_template("certification/level_templates/overview.html", levels=levels)


@blueprint.get("/<level_code>")
@requires(Permission.TEMPLATE_CHANGE)
def show(level_code: str) -> Answer:
    """The versions of a level."""
    return _level_page(level_code, Form.empty(FormSchema()))


@blueprint.get("/<level_code>/draft")
@requires(Permission.TEMPLATE_CHANGE)
def edit(level_code: str) -> Answer:
    """Write the next version."""
    return _draft_page(level_code, None)


@blueprint.post("/<level_code>/draft")
@requires(Permission.TEMPLATE_CHANGE)
def save(level_code: str) -> Answer:
    """Keep the draft; nothing counts yet."""
    form = Form.submitted(TemplateSchema())
    version = 0
    if form.valid:
        with form.catching(), transaction() as session:
            version = templates.save_draft(
                session,
                actor=current_actor(),
                level_code=level_code,
                wording=_wording(form.values),
                now=utc_now(),
            ).version
    if not form.valid:
        return _draft_page(level_code, form)
    flash(_("The draft is saved. It counts only after you have published it."), "success")
    return redirect(url_for("level_templates.preview", level_code=level_code, version=version), 303)


@blueprint.post("/<level_code>/publish")
@requires(Permission.TEMPLATE_CHANGE)
def publish(level_code: str) -> Answer:
    """Let the draft count."""
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        templates.publish_draft(session, actor=current_actor(), level_code=level_code, now=utc_now())
    if not form.valid:
        return _level_page(level_code, form)
    flash(
        _("The new version counts for certificates that are issued from now on. It can no longer be changed."),
        "success",
    )
    return redirect(url_for("level_templates.show", level_code=level_code), 303)


@blueprint.post("/<level_code>/discard")
@requires(Permission.TEMPLATE_CHANGE)
def discard(level_code: str) -> Answer:
    """Throw the draft away."""
    form = Form.submitted(FormSchema())
    with form.catching(), transaction() as session:
        templates.discard_draft(session, actor=current_actor(), level_code=level_code)
    if not form.valid:
        return _level_page(level_code, form)
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for("level_templates.show", level_code=level_code), 303)


@blueprint.get("/<level_code>/<int:version>")
@requires(Permission.TEMPLATE_CHANGE)
def preview(level_code: str, version: int) -> str:
    """One version: how it reads, and what it changes."""
    with reading() as session:
        shown = templates.preview_template(
            session,
            actor=current_actor(),
            level_code=level_code,
            version=version,
            seal=seal_of(resources().settings),
        )
    return render_template(
        "certification/level_templates/preview.html",
        shown=shown,
        level_code=level_code,
        fields=TEMPLATE_FIELDS,
        results=[SHOWN_RESULTS[result] for result in shown.wording.shown_results],
        languages=[LANGUAGE_NAMES.get(code, code) for code in shown.wording.languages],
        written=_written,
    )


@blueprint.get("/<level_code>/<int:version>/preview.pdf")
@requires(Permission.TEMPLATE_CHANGE)
def preview_sheet(level_code: str, version: int) -> FileAnswer:
    """The sheet of a person who does not exist, without a seal."""
    seal = seal_of(resources().settings)
    with reading() as session:
        shown = templates.preview_template(
            session, actor=current_actor(), level_code=level_code, version=version, seal=seal
        )
        pdf = sample_sheets.render_sample(shown, seal=seal, now=utc_now())
    answer = FileAnswer(pdf, content_type="application/pdf")
    name = {"filename": f"{level_code}-{version}.pdf"}
    answer.headers["Content-Disposition"] = dump_options_header("inline", name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _level_page(level_code: str, form: Form) -> Answer:
    with reading() as session:
        shown = templates.read_templates(session, actor=current_actor(), level_code=level_code)
    page = render_template("certification/level_templates/level.html", shown=shown, form=form)
    return page if form.valid else (page, 422)


def _draft_page(level_code: str, form: Form | None) -> Answer:
    with reading() as session:
        shown = templates.read_templates(session, actor=current_actor(), level_code=level_code)
    page = render_template(
        "certification/level_templates/draft.html",
        level=shown.level,
        form=form or Form.empty(TemplateSchema(), **_raw(_start_of(shown))),
        results=[(result.value, SHOWN_RESULTS[result]) for result in ShownResult],
        languages=list(LANGUAGE_NAMES.items()),
    )
    return page if form is None or form.valid else (page, 422)


def _start_of(shown: LevelTemplates) -> Wording:
    """What the editor begins with: the draft, the version that counts, or the programme's own words."""
    begun = shown.draft or shown.counting
    return wording_of(begun) if begun else default_wording()


def _raw(wording: Wording) -> dict[str, Any]:
    """The form's fields, as somebody would have filled them in."""
    levels = {one.framework: one.code for one in wording.alignments if one.framework is not Framework.ESCO}
    skills = [f"{one.identifier} {one.name}" for one in wording.alignments if one.framework is Framework.ESCO]
    return {
        "title": wording.title,
        "sheet_text": wording.sheet_text,
        "description": wording.description,
        "criteria": wording.criteria,
        "shows_units": "true" if wording.shows_units else None,
        "shows_modules": "true" if wording.shows_modules else None,
        "shown_results": [result.value for result in wording.shown_results],
        "eqf_level": levels.get(Framework.EQF, ""),
        "dqr_level": levels.get(Framework.DQR, ""),
        "skills": "\n".join(skills),
        "languages": list(wording.languages),
    }


def _wording(values: dict[str, Any]) -> Wording:
    levels = ((Framework.EQF, values["eqf_level"]), (Framework.DQR, values["dqr_level"]))
    chosen = tuple(framework_level(framework, int(level)) for framework, level in levels if level)
    return Wording(
        title=values["title"],
        sheet_text=values["sheet_text"],
        description=values["description"],
        criteria=values["criteria"],
        shows_units=values["shows_units"],
        shows_modules=values["shows_modules"],
        shown_results=tuple(ShownResult(result) for result in values["shown_results"]),
        alignments=(*chosen, *read_skills(values["skills"])),
        languages=tuple(code for code in LANGUAGE_NAMES if code in values["languages"]),
    )


def _written(value: Any) -> str:
    """A field's value as the comparison shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one["name"]) if isinstance(one, dict) else _word(one) for one in value) or "–"
    return str(value)


def _word(code: str) -> str:
    if code in set(ShownResult):
        return str(SHOWN_RESULTS[ShownResult(code)])
    return LANGUAGE_NAMES.get(code, code)
