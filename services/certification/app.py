"""The web process of certification: settings and doors, put together."""

import os
from pathlib import Path

from flask import Flask

from services.certification.api import certificates as certificates_api
from services.certification.api import passes as passes_api
from services.certification.api import vc_api
from services.certification.api import verification as verification_api
from services.certification.config import CertificationSettings, read_settings
from services.certification.domain.permissions import PERMISSIONS
from services.certification.web import certificates, office, passes, register, verification
from services.certification.web.people import load_person
from services.certification.web.sentences import SENTENCES
from shared.resources import Resources
from shared.web.factory import create_web_app


def make_app(resources: Resources[CertificationSettings]) -> Flask:
    """The app over given resources."""
    return create_web_app(
        resources=resources,
        root=Path(__file__).parent,
        blueprints=[
            certificates.blueprint,
            office.blueprint,
            passes.blueprint,
            verification.blueprint,
            register.blueprint,
            vc_api.blueprint,
        ],
        api_blueprints=[certificates_api.blueprint, verification_api.blueprint, passes_api.blueprint],
        permissions=PERMISSIONS,
        sentences=SENTENCES,
        load_person=load_person,
    )


def create_app() -> Flask:
    """The app of this process's environment."""
    return make_app(Resources(read_settings(os.environ)))
