"""The pass as a credential and as a document: of the association alone, and out of force with the pass."""

import json
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa

from services.certification.domain.status import is_set
from services.certification.models import PassCredential
from shared.contracts.certification import DocumentWanted
from tests.support.certification import World
from tests.support.passes import (
    awarded,
    board_of,
    changed_association,
    credentials,
    keep_credential,
    the_pass,
    weigh_in,
)


def is_out_of_force(world: World, credential: PassCredential) -> bool:
    """What the published list says."""
    status = json.loads(credential.credential)["credentialStatus"]
    assert status["statusPurpose"] == "suspension"
    document = json.loads(world.service.client().get(urlsplit(status["statusListCredential"]).path).text)
    return is_set(document["credentialSubject"]["encodedList"], int(status["statusListIndex"]))


def test_a_pass_has_a_credential_that_names_the_association_and_nobody_else(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    keep_credential(world)
    (credential,) = credentials(world)
    document = json.loads(credential.credential)
    assert document["id"] == f"http://127.0.0.1:8080/v/{the_pass(world).number}#1"
    assert document["credentialSubject"]["achievement"]["achievementType"] == "QualityAssuranceCredential"
    assert document["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "Brücke e. V."}
    ]
    assert "validUntil" in document
    assert "Ayşe" not in credential.credential
    assert not is_out_of_force(world, credential)
    answer = board_of(world, association_id).get(f"/certification/passes/{association_id}/credential.json")
    assert answer.json == document


def test_a_pass_that_was_over_before_the_worker_heard_of_it_gets_no_credential(world: World) -> None:
    awarded(world)
    with world.service.transaction() as session:
        session.execute(sa.text("UPDATE association_pass SET valid_from = '2020-01-01', valid_until = '2022-12-31'"))
    keep_credential(world)
    assert not credentials(world)


def test_the_board_gets_the_pass_as_a_document_once_the_worker_has_made_it(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    board = board_of(world, association_id)
    path = f"/certification/passes/{association_id}"
    waiting = board.get(f"{path}/document.pdf")
    assert waiting.status_code == 303
    assert "The document is being made" in board.words(waiting.location)
    (wanted,) = world.sent("certification.document_wanted")
    world.hear(DocumentWanted(document_id=UUID(wanted["document_id"])))
    pdf = board.get(f"{path}/document.pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert "The document is there" in board.words(f"{path}/document")


def test_suspension_sets_the_bit_and_the_return_clears_it(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    world.hear(changed_association(association_id, is_active=False))
    keep_credential(world)
    (credential,) = credentials(world)
    assert is_out_of_force(world, credential)
    world.hear(changed_association(association_id))
    keep_credential(world)
    (credential,) = credentials(world)
    assert not is_out_of_force(world, credential)


def test_a_new_name_and_a_renewal_make_a_new_credential_and_the_old_one_counts_no_more(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    world.hear(changed_association(association_id, name="Neue Brücke e. V."))
    assert len(world.sent("certification.pass_credential_due")) == 2
    keep_credential(world)
    first, second = credentials(world)
    assert (second.sequence, second.association_name) == (2, "Neue Brücke e. V.")
    assert first.superseded_at is not None
    assert is_out_of_force(world, first)
    assert not is_out_of_force(world, second)
    weigh_in(world, 365 * 4)
    keep_credential(world)
    assert len(credentials(world)) == 2
    board_of(world, association_id).post(f"/certification/passes/{association_id}/renew")
    keep_credential(world)
    assert credentials(world)[-1].valid_until == the_pass(world).valid_until
