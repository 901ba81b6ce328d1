"""One's own account: name and language, all data to take along, closing it."""

import json
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from services.enrollment.operations.people import change_profile, close_account
from services.enrollment.operations.person_export import export_person
from services.enrollment.queries.associations import list_associations_of
from services.enrollment.queries.people import get_person
from services.enrollment.web.current_person import leave
from services.enrollment.web.schemas.people import ProfileSchema
from shared.kernel.clock import utc_now
from shared.ui import LANGUAGES
from shared.web import current_actor, reading, signed_in, transaction
from shared.web.forms import Form
from shared.web.language import COOKIE as LANGUAGE_COOKIE

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


@blueprint.get("")
@signed_in
def show() -> str:
    """Name and language, and the ways to everything else about the account."""
    with reading() as session:
        person = get_person(session, current_user.id)
    return _page(Form.empty(ProfileSchema(), full_name=person.full_name, language=person.language))


@blueprint.post("")
@signed_in
def save() -> Any:
    """Save name and language."""
    form = Form.submitted(ProfileSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            change_profile(session, actor=current_actor(), now=utc_now(), **form.values)
    if not form.valid:
        return _page(form), 422
    flash(_("Saved."), "success")
    response = redirect(url_for("profile.show"), 303)
    response.delete_cookie(LANGUAGE_COOKIE)
    return response


@blueprint.get("/export")
@signed_in
def export() -> Response:
    """Everything about oneself in this service, as a file (GDPR Art. 15 and 20)."""
    with reading() as session:
        data = export_person(session, actor=current_actor())
    body = json.dumps(data, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": "attachment; filename=memo-my-data.json", "Cache-Control": "no-store"}
    return Response(body, content_type="application/json; charset=utf-8", headers=headers)


@blueprint.get("/close")
@signed_in
def ask_close() -> str:
    """What closing means, before it is done."""
    return _close_page(Form.empty(ProfileSchema(only=())))


@blueprint.post("/close")
@signed_in
def close() -> Any:
    """Close the account for ever."""
    form = Form.submitted(ProfileSchema(only=()))
    with form.catching(), transaction() as session:
        close_account(session, actor=current_actor(), now=utc_now())
    if not form.valid:
        return _close_page(form), 422
    flash(_("Your account is closed and your data are removed."), "success")
    return leave("/")


def _page(form: Form) -> str:
    return render_template(
        "enrollment/profile/page.html", form=form, languages=[(language.code, language.name) for language in LANGUAGES]
    )


def _close_page(form: Form) -> str:
    with reading() as session:
        associations = list_associations_of(session, person_id=current_user.id)
    return render_template("enrollment/profile/close.html", form=form, associations=associations)
