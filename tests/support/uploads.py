"""Handing files in for a check, as a stranger does."""

from services.certification.models import Certificate
from services.certification.operations import verification
from services.certification.operations.seals import seal_of
from services.certification.operations.verification import UploadVerification
from shared.contracts.certification import DocumentsDue
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from tests.support.certification import World
from tests.support.pages import text_of

FORMS = ("json", "jwt", "png", "svg", "pdf")
ISSUED = "This certificate is genuine and valid."


def document_of(world: World, certificate: Certificate) -> bytes:
    world.hear(DocumentsDue(certificate_ids=(certificate.id,)))
    holder = world.service.client_of(certificate.person_id)
    answer = holder.get(f"/certification/certificates/{certificate.number}/document.pdf", follow_redirects=True)
    assert answer.data.startswith(b"%PDF")
    return answer.data


def check(world: World, data: bytes) -> UploadVerification | None:
    """What is said of a file; None where it is refused or another issuer's."""
    seal, now = seal_of(world.service.resources.settings), utc_now()
    try:
        presented = verification.open_upload(data=data)
        with world.service.transaction() as session:
            return verification.verify_presented(session, presented=presented, seal=seal, now=now)
    except DomainError:
        return None


def hand_in(world: World, data: bytes, name: str = "file") -> str:
    # Written by hand: the test client would lay a large one into a file of its own, and not close it.
    head = f'--memo\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--memo--\r\n"
    answer = world.service.client().post("/v/file", data=body, content_type="multipart/form-data; boundary=memo")
    assert answer.status_code in (200, 422)
    return text_of(answer.text)
