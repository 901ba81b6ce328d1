"""The design system: layout, components, charts, formats and languages of every page."""

from datetime import date
from pathlib import Path

from flask import Flask, g
from jinja2 import ChoiceLoader, FileSystemLoader

from shared.ui import assets, charts, formats, icons, languages
from shared.ui.languages import LANGUAGES, Language, language_of
from shared.ui.navigation import NavItem

__all__ = ["LANGUAGES", "Language", "NavItem", "init_ui", "language_of"]

_FOLDER = Path(__file__).parent

TEMPLATES = _FOLDER / "templates"
TRANSLATIONS = _FOLDER / "translations"
STATIC = _FOLDER / "static"


def init_ui(app: Flask) -> None:
    """Gives an app the layout, the components and their globals, and serves `/static/`.

    The app's own templates come first, so a service can never lose its pages to a file of the same name here.
    """
    own = [app.jinja_loader] if app.jinja_loader else []
    app.jinja_loader = ChoiceLoader([*own, FileSystemLoader(TEMPLATES)])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(
        asset=assets.asset,
        icon_drawing=icons.icon,
        page_lang=languages.page_lang,
        page_dir=languages.page_dir,
        ui_languages=LANGUAGES,
        iso_date=date.fromisoformat,
        format_date=formats.format_date,
        format_datetime=formats.format_datetime,
        format_time=formats.format_time,
        format_number=formats.format_number,
        format_money=formats.format_money,
        format_percent=formats.format_percent,
        format_bytes=formats.format_bytes,
        chart_geometry=charts,
        next_number=_next_number,
    )
    app.static_folder = str(STATIC)
    app.static_url_path = "/static"
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=app.send_static_file)


def _next_number() -> int:
    """Numbers for ids that must differ within one page; the same page gets the same numbers every time."""
    g.ui_number = g.get("ui_number", 0) + 1
    return int(g.ui_number)
