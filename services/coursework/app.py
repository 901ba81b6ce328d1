"""The web process of coursework: settings and doors, put together."""

import os
from pathlib import Path

from flask import Flask

from services.coursework.api import attempts as attempts_api
from services.coursework.api import courses as courses_api
from services.coursework.api import queue as queue_api
from services.coursework.api import uploads as uploads_api
from services.coursework.config import read_settings
from services.coursework.domain.permissions import PERMISSIONS
from services.coursework.web import assignments, courses, gradings, materials, office, progress, quizzes, rules
from services.coursework.web.people import load_person
from services.coursework.web.sentences import SENTENCES
from shared.config import Settings
from shared.resources import Resources
from shared.web.factory import create_web_app


def make_app(resources: Resources[Settings]) -> Flask:
    """The app over given resources."""
    return create_web_app(
        resources=resources,
        root=Path(__file__).parent,
        blueprints=[
            courses.blueprint,
            materials.blueprint,
            quizzes.blueprint,
            assignments.blueprint,
            gradings.blueprint,
            progress.blueprint,
            rules.blueprint,
            office.blueprint,
        ],
        api_blueprints=[
            courses_api.blueprint,
            attempts_api.blueprint,
            uploads_api.blueprint,
            queue_api.blueprint,
        ],
        permissions=PERMISSIONS,
        sentences=SENTENCES,
        load_person=load_person,
    )


def create_app() -> Flask:
    """The app of this process's environment."""
    return make_app(Resources(read_settings(os.environ)))
