"""What a revoked key has signed is issued anew by the office: all of it, once, as one batch."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.certification.models import Certificate
from shared.contracts.certification import BatchStepDue
from shared.kernel.ids import new_id
from tests.support.certification import World
from tests.support.key_changes import activate, announce, follow, revoke, states
from tests.support.passes import awarded, credentials, keep_credential, the_pass

PATH = "/certification/office/keys/key-2026-1/reissue"


@pytest.fixture
def signed(world: World, keyring: Path) -> list[Certificate]:
    """Three certificates of the first key; the second key is announced."""
    certificates = [world.certify(world.person(name)) for name in ("Ayşe Gül", "Maria Nowak", "Ivan Petrov")]
    announce(world)
    return certificates


def work(world: World, batch_id: str) -> None:
    """What a worker does with the messages of the batch."""
    for _ in range(2):
        world.hear(BatchStepDue(lane_id=new_id(), batch_id=UUID(batch_id)))


def batches(world: World) -> int:
    with world.service.transaction() as session:
        return session.scalar(sa.text("SELECT count(*) FROM issue_batch")) or 0


def test_the_office_sees_what_it_means_and_issues_all_anew(world: World, signed: list[Certificate]) -> None:
    office = world.office()
    form = {"reason": "issued_in_error", "note": "x"}
    office.post(f"/certification/office/certificates/{signed[2].number}/revoke", data=form)
    revoke(world)
    assert "Issue all of them anew" in office.words("/certification/office/keys/key-2026-1")
    words = office.words(PATH)
    assert "Certificates that are issued anew2" in words
    assert "key-2026-2" in words
    started = office.post(PATH)
    assert started.status_code == 303
    assert "0 of 2" in office.words(started.location)
    assert "This is under way already." in office.words(PATH)
    work(world, started.location.rpartition("/")[2])
    assert "2 of 2" in office.words(started.location)
    new = [certificate for certificate in world.certificates() if certificate.replaces_id]
    assert {(one.replaces_id, one.full_name, one.signing_key_code) for one in new} == {
        (old.id, old.full_name, "key-2026-2") for old in signed[:2]
    }
    for certificate in new:
        assert "genuine and valid" in world.service.client().words(f"/v/{certificate.number}")
    assert "A new certificate has taken its place" in world.service.client().words(f"/v/{signed[0].number}")
    assert "No certificate is left" in office.words(PATH)
    assert office.post(PATH).status_code == 422


def test_two_who_press_the_button_start_one_batch(world: World, signed: list[Certificate]) -> None:
    revoke(world)
    with ThreadPoolExecutor(2) as both:
        started = {answer.location for answer in both.map(lambda office: office.post(PATH), [world.office()] * 2)}
    assert len(started) == 1
    assert batches(world) == 1


def test_what_a_good_key_has_signed_is_not_issued_anew(world: World, signed: list[Certificate]) -> None:
    activate(world)
    assert states(world) == {"key-2026-1": "retired", "key-2026-2": "active"}
    office = world.office()
    assert "Issue all of them anew" not in office.words("/certification/office/keys/key-2026-1")
    assert "This key is not revoked" in office.words(PATH)
    refused = office.post(PATH)
    assert refused.status_code == 422
    assert "key-2026-1 is not revoked" in refused.text
    assert batches(world) == 0


def test_nothing_is_started_while_no_key_signs(world: World, signed: list[Certificate]) -> None:
    revoke(world, "key-2026-2")
    revoke(world)
    office = world.office()
    assert "No key signs certificates at the moment." in office.words(PATH)
    assert office.post(PATH).status_code == 422
    assert batches(world) == 0


def test_passes_that_a_void_key_has_signed_are_signed_anew_by_themselves(world: World, keyring: Path) -> None:
    awarded(world)
    keep_credential(world)
    announce(world)
    revoke(world)
    page = f"/v/{the_pass(world).number}"
    assert "holds the MEMO-Pass" not in world.service.client().words(page)
    follow(world)
    assert len(world.sent("certification.pass_credential_due")) == 2
    keep_credential(world)
    keep_credential(world)
    assert "holds the MEMO-Pass" in world.service.client().words(page)
    assert ["#key-2026-2" in one.credential for one in credentials(world)] == [False, True]


def test_only_the_office_with_its_second_factor_issues_anew(world: World, signed: list[Certificate]) -> None:
    revoke(world)
    holder = world.service.client_of(signed[0].person_id)
    assert holder.post(PATH).status_code == 403
    assert world.service.client().post(PATH).status_code in (303, 401)
    assert batches(world) == 0
