"""Erasing a person: nothing says any more who it was; number, state, log and proofs stay as they were."""

import pytest
import sqlalchemy as sa

from services.certification.operations import log_tree
from services.certification.operations.erasure import erase_person
from services.certification.operations.log_proofs import read_inclusion_of_certificate
from services.certification.operations.seals import seal_of
from shared.contracts.certification import DocumentsDue
from shared.contracts.codec import _decode
from shared.documents import DocumentMissing
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from tests.support.certification import World

NAME = "Şükrü Özdoğan-Yıldız"


def erase(world: World, person_id: object) -> int:
    with world.service.transaction() as session:
        documents = world.service.resources.documents
        return erase_person(session, actor=SYSTEM, person_id=person_id, documents=documents, now=utc_now())  # type: ignore[arg-type]


def grow(world: World) -> None:
    with world.service.transaction() as session:
        log_tree.grow_tree(session, seal=seal_of(world.service.resources.settings), now=utc_now())


def rows_with(world: World, text: str) -> list[str]:
    """The tables in which a text stands anywhere."""
    with world.service.transaction() as session:
        tables = session.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        return [
            table
            for table in tables
            if session.scalar(
                sa.text(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE :text'), {"text": f"%{text}%"}
            )
        ]


def test_nothing_in_our_copies_says_who_it_was_and_the_proof_still_holds(world: World) -> None:
    certificate = world.certify(world.person(NAME))
    (told,) = world.sent("certification.documents_due")
    world.hear(_decode(DocumentsDue, told))
    grow(world)
    with world.service.transaction() as session:
        before = read_inclusion_of_certificate(session, typed_number=certificate.number)
        keys = session.scalars(sa.text("SELECT key FROM document WHERE key IS NOT NULL")).all()
    assert keys
    assert erase(world, certificate.person_id) == 1
    assert rows_with(world, NAME) == ["person_copy"], "enrollment's copy goes with the account"
    assert rows_with(world, str(before.salt)) == []
    for key in keys:
        with pytest.raises(DocumentMissing):
            world.service.resources.documents.get(key)
    (after,) = world.certificates()
    assert (after.number, after.state, after.issued_on) == (certificate.number, "issued", certificate.issued_on)
    with world.service.transaction() as session:
        still = read_inclusion_of_certificate(session, typed_number=certificate.number)
        assert list(log_tree.broken_places(session)) == []
    assert (still.leaf, still.path, still.salt) == (before.leaf, before.path, None)
    answer = world.service.client().get(f"/api/certification/v1/verifications/{certificate.number}").get_json()
    assert answer["verdict"] == "erased"


def test_an_erased_certificate_can_still_be_revoked_and_erasing_again_changes_nothing(world: World) -> None:
    certificate = world.certify(world.person(NAME))
    erase(world, certificate.person_id)
    assert erase(world, certificate.person_id) == 0
    form = {"reason": "holder_asked", "note": "x"}
    answer = world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=form)
    assert answer.status_code == 303
    assert world.certificates()[0].state == "revoked"
    assert world.office().get("/certification/office/certificates").status_code == 200


def test_other_people_stay_as_they_are(world: World) -> None:
    gone, stays = world.certify(world.person(NAME)), world.certify(world.person("Ayşe Gül"))
    erase(world, gone.person_id)
    kept = next(one for one in world.certificates() if one.id == stays.id)
    assert (kept.full_name, kept.credential, kept.erased_at) == ("Ayşe Gül", stays.credential, None)
