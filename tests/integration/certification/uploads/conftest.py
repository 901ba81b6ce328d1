"""A certificate, and the forms in which its holder downloads it."""

import pytest

from services.certification.models import Certificate
from tests.support.certification import World
from tests.support.uploads import document_of


@pytest.fixture
def certificate(world: World) -> Certificate:
    return world.certify(world.person("Şükrü Özdoğan-Yıldız"))


@pytest.fixture
def files(world: World, certificate: Certificate) -> dict[str, bytes]:
    """The certificate in each form, as its holder downloads it."""
    holder = world.service.client_of(certificate.person_id)
    page = f"/certification/certificates/{certificate.number}"
    return {
        "json": certificate.credential.encode(),
        "jwt": str(certificate.credential_jwt).encode(),
        "png": holder.get(f"{page}/badge.png").data,
        "svg": holder.get(f"{page}/badge.svg").data,
        "pdf": document_of(world, certificate),
    }
