"""The web process of certification: settings and doors, put together."""

import os
from pathlib import Path

from flask import Flask

from services.certification.api import certificates as certificates_api
from services.certification.api import elm as elm_api
from services.certification.api import log as log_api
from services.certification.api import passes as passes_api
from services.certification.api import registers as registers_api
from services.certification.api import vc_api, vc_test_api
from services.certification.api import verification as verification_api
from services.certification.api import wallet as wallet_api
from services.certification.config import CertificationSettings, read_settings
from services.certification.domain.permissions import PERMISSIONS
from services.certification.web import (
    batches,
    ceremonies,
    certificates,
    endorsements,
    entries,
    erasure,
    keys,
    level_templates,
    log,
    office,
    pass_badges,
    pass_files,
    pass_rules,
    pass_statistics,
    passes,
    register,
    registers,
    reissues,
    releases,
    shares,
    tokens,
    verification,
    wallet,
    webhooks,
)
from services.certification.web.machines import load_machine
from services.certification.web.people import load_person
from services.certification.web.sentences import SENTENCES
from shared.resources import Resources
from shared.web.factory import create_web_app

_PAGES = [
    certificates.blueprint,
    office.blueprint,
    erasure.blueprint,
    releases.blueprint,
    reissues.blueprint,
    batches.blueprint,
    level_templates.blueprint,
    ceremonies.blueprint,
    keys.blueprint,
    passes.blueprint,
    pass_badges.blueprint,
    pass_files.blueprint,
    pass_rules.blueprint,
    pass_statistics.blueprint,
    entries.association_blueprint,
    entries.multiplier_blueprint,
    registers.blueprint,
    verification.blueprint,
    register.blueprint,
    log.blueprint,
    tokens.blueprint,
    webhooks.blueprint,
    wallet.blueprint,
    shares.blueprint,
    endorsements.blueprint,
    wallet_api.blueprint,
]
_JSON_DOORS = [
    certificates_api.blueprint,
    verification_api.blueprint,
    passes_api.blueprint,
    registers_api.blueprint,
    log_api.blueprint,
    elm_api.blueprint,
    vc_api.blueprint,
    vc_test_api.blueprint,
]


def make_app(resources: Resources[CertificationSettings]) -> Flask:
    """The app over given resources."""
    return create_web_app(
        resources=resources,
        root=Path(__file__).parent,
        blueprints=_PAGES,
        api_blueprints=_JSON_DOORS,
        permissions=PERMISSIONS,
        sentences=SENTENCES,
        load_person=load_person,
        load_machine=load_machine,
    )


def create_app() -> Flask:
    """The app of this process's environment."""
    return make_app(Resources(read_settings(os.environ)))
