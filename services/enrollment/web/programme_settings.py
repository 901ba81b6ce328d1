"""The office's editor of the programme's rules, each with its history."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.enrollment.domain.permissions import Permission
from services.enrollment.domain.programme_settings import LIMITS, SettingKey
from services.enrollment.operations import programme_settings
from services.enrollment.queries import programme_settings as settings_query
from services.enrollment.web.schemas.office import SettingSchema
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.kernel.errors import NotFound
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("programme_settings", __name__, url_prefix="/office/settings")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.SETTING_EDIT)
def list_settings() -> str:
    """Every rule with the figure that holds now."""
    with reading() as session:
        return render_template(
            "enrollment/programme_settings/list.html",
            settings=settings_query.list_settings(session, now=utc_now()),
            limits=LIMITS,
        )


@blueprint.get("/<key>")
@requires(Permission.SETTING_EDIT)
def show_setting(key: str) -> str:
    """One rule: its form and its history."""
    with reading() as session:
        return _render(session, key=_key(key), form=None)


@blueprint.post("/<key>")
@requires(Permission.SETTING_EDIT)
def set_setting(key: str) -> Answer:
    """Let another figure hold from now on."""
    setting, form = _key(key), Form.submitted(SettingSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            programme_settings.set_setting(
                session, actor=current_actor(), key=setting, value=form.values["value"], now=utc_now()
            )
    if not form.valid:
        with reading() as session:
            return _render(session, key=setting, form=form), 422
    flash(_("Saved. The new figure holds from now on."), "success")
    return redirect(url_for(".show_setting", key=key), 303)


def _key(text: str) -> SettingKey:
    try:
        return SettingKey(text)
    except ValueError as error:
        raise NotFound(kind="setting") from error


def _render(session: Session, *, key: SettingKey, form: Form | None) -> str:
    value = settings_query.get_setting(session, key, now=utc_now())
    return render_template(
        "enrollment/programme_settings/page.html",
        key=key,
        value=value,
        limits=LIMITS[key],
        versions=settings_query.list_versions(session, key),
        form=form or Form.empty(SettingSchema(), value=value),
    )
