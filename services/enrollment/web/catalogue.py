"""The office's editor of regions, levels, modules and carriers."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.enrollment.domain.permissions import Permission
from services.enrollment.operations import carriers, catalogue
from services.enrollment.queries import carriers as carriers_query
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import regions as regions_query
from services.enrollment.web.schemas.office import CarrierSchema, LevelSchema, ModuleSchema, RegionSchema
from shared.db import Session
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, transaction
from shared.web.forms import Form

blueprint = Blueprint("catalogue", __name__, url_prefix="/office/catalogue")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.CATALOGUE_EDIT)
def show_catalogue() -> str:
    """Levels with their workshops, regions, carriers."""
    with reading() as session:
        return render_template(
            "enrollment/catalogue/page.html",
            levels=catalogue_query.list_levels(session),
            regions=regions_query.list_regions(session),
            carriers=carriers_query.list_carriers(session),
        )


@blueprint.get("/levels/<code>")
@requires(Permission.CATALOGUE_EDIT)
def edit_level(code: str) -> str:
    """The form of a level."""
    with reading() as session:
        level = catalogue_query.get_level(session, code)
        return _level_page(Form.empty(LevelSchema(), title=level.title), code)


@blueprint.post("/levels/<code>")
@requires(Permission.CATALOGUE_EDIT)
def change_level(code: str) -> Answer:
    """Store the level's title."""
    form = Form.submitted(LevelSchema())
    return _save(
        form,
        lambda session: catalogue.change_level(session, actor=current_actor(), code=code, now=utc_now(), **form.values),
        page=lambda: _level_page(form, code),
    )


@blueprint.get("/modules/<code>")
@requires(Permission.CATALOGUE_EDIT)
def edit_module(code: str) -> str:
    """The form of a workshop."""
    with reading() as session:
        module = catalogue_query.get_module(session, code)
        form = Form.empty(ModuleSchema(), title=module.title, summary=module.summary, units=module.units)
        return _module_page(form, code)


@blueprint.post("/modules/<code>")
@requires(Permission.CATALOGUE_EDIT)
def change_module(code: str) -> Answer:
    """Store what the workshop is called and how long it takes."""
    form = Form.submitted(ModuleSchema())
    return _save(
        form,
        lambda session: catalogue.change_module(
            session, actor=current_actor(), code=code, now=utc_now(), **form.values
        ),
        page=lambda: _module_page(form, code),
    )


@blueprint.get("/regions/<code>")
@requires(Permission.CATALOGUE_EDIT)
def edit_region(code: str) -> str:
    """The form of a region."""
    with reading() as session:
        region = regions_query.get_region(session, code)
        return _region_page(Form.empty(RegionSchema(), name=region.name), code)


@blueprint.post("/regions/<code>")
@requires(Permission.CATALOGUE_EDIT)
def change_region(code: str) -> Answer:
    """Store the region's name."""
    form = Form.submitted(RegionSchema())
    return _save(
        form,
        lambda session: catalogue.change_region(
            session, actor=current_actor(), code=code, now=utc_now(), **form.values
        ),
        page=lambda: _region_page(form, code),
    )


@blueprint.get("/carriers/new")
@requires(Permission.CARRIER_MANAGE)
def new_carrier() -> str:
    """An empty form of a carrier."""
    return _carrier_page(Form.empty(CarrierSchema()))


@blueprint.post("/carriers/new")
@requires(Permission.CARRIER_MANAGE)
def create_carrier() -> Answer:
    """Store a new carrier."""
    form = Form.submitted(CarrierSchema())
    return _save(
        form,
        lambda session: carriers.create_carrier(session, actor=current_actor(), now=utc_now(), **form.values),
        page=lambda: _carrier_page(form),
    )


def _level_page(form: Form, code: str) -> str:
    return render_template("enrollment/catalogue/level.html", form=form, code=code)


def _module_page(form: Form, code: str) -> str:
    return render_template("enrollment/catalogue/module.html", form=form, code=code)


def _region_page(form: Form, code: str) -> str:
    return render_template("enrollment/catalogue/region.html", form=form, code=code)


def _carrier_page(form: Form) -> str:
    with reading() as session:
        regions = [(region.code, region.name) for region in regions_query.list_regions(session)]
        return render_template("enrollment/catalogue/carrier.html", form=form, regions=regions)


def _save(form: Form, operation: Callable[[Session], object], *, page: Callable[[], str]) -> Answer:
    if form.valid:
        with form.catching(), transaction() as session:
            operation(session)
    if not form.valid:
        return page(), 422
    flash(_("Saved."), "success")
    return redirect(url_for(".show_catalogue"), 303)
