"""The web app of enrollment."""

import os
from pathlib import Path

from flask import Flask

from services.enrollment.api import associations as associations_api
from services.enrollment.api import catalogue as catalogue_api
from services.enrollment.api import people as people_api
from services.enrollment.api import places as places_api
from services.enrollment.api import runs as runs_api
from services.enrollment.config import EnrollmentSettings, read_settings
from services.enrollment.domain.permissions import PERMISSIONS
from services.enrollment.web import (
    associations,
    attendance,
    catalogue,
    home,
    memberships,
    office,
    office_associations,
    office_people,
    passkeys,
    places,
    profile,
    programme_settings,
    run_management,
    run_steps,
    runs,
    second_factor,
    sign_in,
    sign_in_ways,
    sign_up,
    site,
    statistics,
    venues,
)
from services.enrollment.web.current_person import init_renewal, load_person
from services.enrollment.web.sentences import SENTENCES
from shared.resources import Resources
from shared.ui.styleguide import blueprint as styleguide
from shared.web import create_web_app
from shared.web.language import blueprint as language

_ROOT = Path(__file__).parent

#: Pages, one blueprint per subject.
BLUEPRINTS = [
    language,
    home.blueprint,
    sign_in.blueprint,
    sign_up.blueprint,
    passkeys.blueprint,
    second_factor.blueprint,
    profile.blueprint,
    sign_in_ways.blueprint,
    associations.blueprint,
    memberships.blueprint,
    office_people.blueprint,
    office_associations.blueprint,
    site.blueprint,
    runs.blueprint,
    places.blueprint,
    run_management.blueprint,
    run_steps.blueprint,
    venues.blueprint,
    attendance.blueprint,
    programme_settings.blueprint,
    catalogue.blueprint,
    statistics.blueprint,
    office.blueprint,
]

#: JSON doors.
API_BLUEPRINTS: list[object] = [
    people_api.blueprint,
    associations_api.blueprint,
    runs_api.blueprint,
    places_api.blueprint,
    catalogue_api.blueprint,
]


def make_app(resources: Resources[EnrollmentSettings]) -> Flask:
    """The app over given resources."""
    app = create_web_app(
        resources=resources,
        root=_ROOT,
        blueprints=[*BLUEPRINTS, *([styleguide] if resources.settings.is_styleguide_shown else [])],
        api_blueprints=API_BLUEPRINTS,
        permissions=PERMISSIONS,
        sentences=SENTENCES,
        load_person=load_person,
    )
    init_renewal(app)
    return app


def create_app() -> Flask:
    """The app of this process's environment."""
    return make_app(Resources(read_settings(os.environ)))
