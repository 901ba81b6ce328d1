"""PDF files: made after issuing, in the language asked for, stored once; nothing is lost where something fails."""

import dataclasses
import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
import sqlalchemy as sa
from botocore.exceptions import EndpointConnectionError

from services.certification.adapters.pdf_seal import TimestampUnavailable
from services.certification.adapters.seal import Seal
from services.certification.adapters.timestamp_authority import TimestampAuthority
from services.certification.domain.documents import DocumentProblem, DocumentState, SealLevel
from services.certification.models import Certificate, Document
from services.certification.operations import documents, making_documents
from services.certification.operations.seals import seal_of
from services.certification.tasks.documents import make_documents
from shared.contracts.certification import DocumentsDue, DocumentWanted
from shared.documents import Documents
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.support.certification import World


def issued(certificate: Certificate) -> DocumentsDue:
    return DocumentsDue(certificate_ids=(certificate.id,))


def rows(world: World) -> list[Document]:
    with world.service.transaction() as session:
        return list(session.scalars(sa.select(Document).order_by(Document.wanted_at)))


def store(world: World) -> Documents:
    found: Documents = world.service.resources.documents
    return found


def let_time_pass(world: World) -> None:
    with world.service.transaction() as session:
        session.execute(
            sa.text("UPDATE document SET try_at = :then WHERE try_at IS NOT NULL"),
            {"then": utc_now() - timedelta(seconds=1)},
        )
        session.execute(sa.text("UPDATE document SET tried_at = :then"), {"then": utc_now() - timedelta(hours=1)})


@pytest.fixture
def broken_store(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    def away(*_: Any, **__: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://s3")

    with monkeypatch.context() as patch:
        patch.setattr(Documents, "put", away)
        patch.setattr(Documents, "get", away)
        yield patch


def test_it_is_made_once_after_issuing_and_stored_under_a_key_of_its_content(world: World) -> None:
    certificate = world.certify(world.person(language="tr"))
    assert rows(world) == []
    world.hear(issued(certificate))
    (row,) = rows(world)
    assert (row.state, row.second_language, row.seal_level) == (DocumentState.STORED, "tr", SealLevel.B_B)
    pdf = store(world).get(str(row.key))
    assert row.key == f"certificates/{certificate.id}/{hashlib.sha256(pdf).hexdigest()}.pdf"
    assert (row.sha256, row.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    world.hear(issued(certificate))
    assert [again.key for again in rows(world)] == [row.key]


def test_the_credential_in_the_file_is_the_one_that_was_signed(world: World) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    with pikepdf.open(io.BytesIO(store(world).get(str(rows(world)[0].key)))) as pdf:
        assert pdf.attachments["credential.json"].get_file().read_bytes().decode() == certificate.credential


def test_the_holder_waits_on_a_page_and_then_has_the_file_in_the_language_asked_for(world: World) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    client = world.service.client_of(certificate.person_id)
    path = f"/certification/certificates/{certificate.number}/document.pdf"
    waiting = client.get(f"{path}?second=ar", follow_redirects=True)
    assert waiting.status_code == 200
    assert "being set and sealed" in waiting.text
    for told in world.sent("certification.document_wanted"):
        world.hear(DocumentWanted(document_id=told["document_id"]))
    part = client.get(waiting.request.url, headers={"HX-Request": "true"})
    assert "ready" in part.text
    assert "hx-trigger" not in part.text
    file = client.get(f"{path}?second=ar")
    assert (file.mimetype, file.data[:5]) == ("application/pdf", b"%PDF-")
    assert len(rows(world)) == 2


@pytest.mark.parametrize("second", ["xx", "de", "../x", "tr-x"])
def test_a_language_that_sheets_do_not_speak_is_not_found(world: World, second: str) -> None:
    certificate = world.certify(world.person())
    client = world.service.client_of(certificate.person_id)
    path = f"/certification/certificates/{certificate.number}/document.pdf?second={second}"
    assert client.get(path).status_code == 404
    assert rows(world) == []


def test_where_the_store_is_away_nothing_is_lost_and_the_page_says_so(
    world: World, broken_store: pytest.MonkeyPatch
) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    (row,) = rows(world)
    assert (row.state, row.problem) == (DocumentState.WANTED, DocumentProblem.STORE)
    client = world.service.client_of(certificate.person_id)
    path = f"/certification/certificates/{certificate.number}/document.pdf"
    assert "file store does not answer" in client.get(path, follow_redirects=True).text
    broken_store.undo()
    let_time_pass(world)
    world.service.worker.set_default()
    make_documents()
    (row,) = rows(world)
    assert (row.state, row.problem, row.try_at) == (DocumentState.STORED, None, None)
    assert client.get(path).data.startswith(b"%PDF")


def test_after_the_store_has_failed_others_do_not_wait_for_it_too(
    world: World, broken_store: pytest.MonkeyPatch
) -> None:
    first, second = (world.certify(world.person(name)) for name in ("Ayşe Gül", "Ali Can"))
    world.hear(issued(first), issued(second))
    assert [(row.problem, row.attempts) for row in rows(world)] == [("store", 1), (None, 0)]
    assert all(row.try_at for row in rows(world))


def test_a_file_that_exists_while_the_store_is_away_is_told_as_such(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))

    def away(*_: Any, **__: Any) -> None:
        raise EndpointConnectionError(endpoint_url="http://s3")

    monkeypatch.setattr(Documents, "get", away)
    client = world.service.client_of(certificate.person_id)
    answer = client.get(f"/certification/certificates/{certificate.number}/document.pdf")
    assert answer.status_code == 503
    assert "Your certificate is safe" in answer.text


def test_a_file_that_the_store_has_lost_becomes_the_same_again(world: World) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    (before,) = rows(world)
    pdf = store(world).get(str(before.key))
    store(world).delete(str(before.key))
    client = world.service.client_of(certificate.person_id)
    path = f"/certification/certificates/{certificate.number}/document.pdf"
    assert client.get(path).status_code == 303
    (told,) = world.sent("certification.document_wanted")
    world.hear(DocumentWanted(document_id=told["document_id"]))
    assert client.get(path).data == pdf
    assert rows(world)[0].key == before.key


def test_a_certificate_of_the_seal_that_has_ended_seals_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = world.certify(world.person())
    with world.service.transaction() as session:
        making_documents.make_first_documents(
            session,
            certificate_ids=[certificate.id],
            documents=store(world),
            seal=seal_of(world.service.resources.settings),
            now=utc_now() + timedelta(days=40 * 365),
        )
    (row,) = rows(world)
    assert (row.state, row.problem) == (DocumentState.WANTED, DocumentProblem.SEAL)


def test_forgetting_a_subject_deletes_its_files_in_every_language(world: World) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    (row,) = rows(world)
    with world.service.transaction() as session:
        documents.forget_documents(session, subject_id=certificate.id, documents=store(world))
    assert rows(world) == []
    assert store(world).head(str(row.key)) is None


def test_a_document_that_waited_while_its_holder_was_erased_is_never_made(
    world: World, broken_store: pytest.MonkeyPatch
) -> None:
    certificate = world.certify(world.person())
    world.hear(issued(certificate))
    broken_store.undo()
    with world.service.transaction() as session:
        session.execute(
            sa.text("UPDATE certificate SET erased_at = now(), full_name = '', log_salt = NULL, credential_jwt = NULL")
        )
    let_time_pass(world)
    world.service.worker.set_default()
    make_documents()
    world.hear(issued(certificate))
    assert rows(world) == []
    assert not [key for key in store(world).keys() if str(certificate.id) in key]  # noqa: SIM118 (no mapping)


def test_what_nobody_wants_any_more_is_no_fault(world: World) -> None:
    world.hear(DocumentWanted(document_id=new_id()))
    assert rows(world) == []


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A timestamp authority that answers while the list says so; it adds its line to the end of the file."""
    answers = [True]

    def add(pdf: bytes, **_: Any) -> bytes:
        if not answers[0]:
            raise TimestampUnavailable("away")
        return pdf + b"% a timestamp"

    monkeypatch.setattr(making_documents, "add_timestamp", add)
    return answers


def with_authority(world: World) -> Seal:
    seal = seal_of(world.service.resources.settings)
    return dataclasses.replace(seal, timestamps=TimestampAuthority("http://127.0.0.1:9/", 1, None))


def make_all(world: World) -> None:
    with world.service.transaction() as session:
        found = True
        while found:
            found = making_documents.make_next_document(
                session, documents=store(world), seal=with_authority(world), now=utc_now()
            )


def test_where_the_timestamp_authority_is_away_the_file_is_there_and_gets_its_timestamp_later(
    world: World, authority: list[bool]
) -> None:
    certificate = world.certify(world.person())
    authority[0] = False
    with world.service.transaction() as session:
        making_documents.make_first_documents(
            session, certificate_ids=[certificate.id], documents=store(world), seal=with_authority(world), now=utc_now()
        )
    make_all(world)
    (row,) = rows(world)
    assert (row.state, row.seal_level, row.problem) == (DocumentState.STORED, SealLevel.B_B, DocumentProblem.TIMESTAMP)
    client = world.service.client_of(certificate.person_id)
    path = f"/certification/certificates/{certificate.number}/document.pdf"
    sealed = client.get(path).data
    authority[0] = True
    let_time_pass(world)
    make_all(world)
    (row,) = rows(world)
    assert (row.seal_level, row.problem, row.try_at) == (SealLevel.B_T, None, None)
    assert client.get(path).data == sealed + b"% a timestamp"
    assert row.sealed_sha256 == hashlib.sha256(sealed).hexdigest()
    kept = list(store(world).keys())
    assert [key for key in kept if str(certificate.id) in key] == [row.key], "the file without a timestamp is gone"


def test_a_lost_file_with_a_timestamp_is_sealed_the_same_and_gets_a_new_timestamp(
    world: World, authority: list[bool]
) -> None:
    certificate = world.certify(world.person())
    with world.service.transaction() as session:
        making_documents.make_first_documents(
            session, certificate_ids=[certificate.id], documents=store(world), seal=with_authority(world), now=utc_now()
        )
    make_all(world)
    (before,) = rows(world)
    store(world).delete(str(before.key))
    client = world.service.client_of(certificate.person_id)
    client.get(f"/certification/certificates/{certificate.number}/document.pdf")
    make_all(world)
    (row,) = rows(world)
    assert (row.seal_level, row.sealed_sha256) == (SealLevel.B_T, before.sealed_sha256)
