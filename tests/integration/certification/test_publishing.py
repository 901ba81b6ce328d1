"""Status lists lie where the gateway serves them, soon after each change and whatever fails in between."""

import errno
import json
import os
import shutil
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from botocore.exceptions import EndpointConnectionError

from services.certification.domain.certificates import RevocationReason
from services.certification.domain.status import StatusPurpose, is_set
from services.certification.models import Certificate, StatusEntry, StatusList
from services.certification.operations import publishing, status
from services.certification.operations.certificates import revoke_certificate
from services.certification.operations.seals import seal_of
from shared.contracts.certification import StatusListChanged
from shared.contracts.codec import _decode
from shared.documents import Documents
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.support.certification import World


def folder(world: World) -> Path:
    public: Path = world.service.resources.settings.public_folder
    return public


def served(world: World, status_list: StatusList) -> Path:
    return folder(world) / "certification" / "status" / status_list.code


def lists(world: World) -> list[StatusList]:
    with world.service.transaction() as session:
        return list(session.scalars(sa.select(StatusList).order_by(StatusList.id)))


def publish(world: World) -> None:
    """Let the worker do what the last change asks of it."""
    for payload in world.sent("certification.status_list_changed"):
        world.hear(_decode(StatusListChanged, payload))


def look_after(world: World) -> list[str]:
    """What the worker does at its start and every minute."""
    with world.service.transaction() as session:
        return publishing.publish_missing(
            session, folder=folder(world), documents=world.service.resources.documents, now=utc_now()
        )


def revoke(world: World, certificate: Certificate) -> None:
    with world.service.transaction() as session:
        revoke_certificate(
            session,
            actor=SYSTEM,
            number=certificate.number,
            reason=RevocationReason.ISSUED_IN_ERROR,
            note="x",
            seal=seal_of(world.service.resources.settings),
            now=utc_now(),
        )


def says_revoked(content: str | bytes, certificate: Certificate) -> bool:
    return is_set(json.loads(content)["credentialSubject"]["encodedList"], certificate.status_index)


def test_a_revocation_is_served_by_the_gateway_as_soon_as_the_worker_has_heard_of_it(world: World) -> None:
    certificate = world.certify(world.person())
    publish(world)
    (status_list,) = lists(world)
    assert not says_revoked(served(world, status_list).read_bytes(), certificate)
    assert status_list.published_at is not None
    revoke(world, certificate)
    publish(world)
    (status_list,) = lists(world)
    assert served(world, status_list).read_text() == status_list.document
    assert says_revoked(status_list.document, certificate)
    assert served(world, status_list).stat().st_mode & 0o777 == 0o644
    documents: Documents = world.service.resources.documents
    key = f"public/certification/status/{status_list.code}"
    assert documents.get(key).decode() == status_list.document
    stored = documents.head(key)
    assert stored is not None
    assert stored.content_type == "application/vc"
    assert [path for path in folder(world).iterdir() if path.name.startswith(".")] == []


def test_a_lost_folder_heals_itself_and_what_is_in_its_place_is_left_alone(world: World) -> None:
    world.certify(world.person())
    publish(world)
    (status_list,) = lists(world)
    shutil.rmtree(folder(world) / "certification")
    assert look_after(world) == []
    before = served(world, status_list).stat()
    assert look_after(world) == []
    assert served(world, status_list).stat().st_ino == before.st_ino
    served(world, status_list).write_text("somebody else's")
    assert look_after(world) == []
    assert served(world, status_list).read_text() == status_list.document


def test_a_list_is_published_without_any_message_as_well(world: World) -> None:
    world.certify(world.person())
    assert look_after(world) == []
    (status_list,) = lists(world)
    assert served(world, status_list).read_text() == status_list.document


@pytest.mark.parametrize("fault", ["full", "not a folder"])
def test_a_folder_that_cannot_be_written_loses_nothing_hides_nothing_and_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    certificate = world.certify(world.person())
    publish(world)
    revoke(world, certificate)
    (status_list,) = lists(world)
    if fault == "full":
        monkeypatch.setattr(os, "fsync", _no_space)
    else:
        shutil.rmtree(folder(world))
        folder(world).write_text("")
    publish(world)
    assert not served(world, status_list).exists(), "a stale list must not be served"
    assert look_after(world) == [status_list.code]
    answer = world.service.client().get(f"/certification/status/{status_list.code}")
    assert says_revoked(answer.text, certificate)
    assert "folder:" in (lists(world)[0].publication_problem or "")
    monkeypatch.undo()
    if fault != "full":
        folder(world).unlink()
        folder(world).mkdir()
    assert look_after(world) == []
    assert says_revoked(served(world, status_list).read_bytes(), certificate)
    assert lists(world)[0].publication_problem is None


def _no_space(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_s3_that_is_away_holds_up_no_file_and_is_tried_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = world.certify(world.person())

    def away(*_: object, **__: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://s3")

    monkeypatch.setattr(Documents, "put", away)
    publish(world)
    (status_list,) = lists(world)
    assert not says_revoked(served(world, status_list).read_bytes(), certificate)
    assert status_list.publication_problem == "S3: EndpointConnectionError"
    monkeypatch.undo()
    assert look_after(world) == []
    assert lists(world)[0].publication_problem is None


def test_without_the_database_the_service_answers_from_the_copy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.certify(world.person())
    publish(world)
    (status_list,) = lists(world)

    @contextmanager
    def away() -> Any:
        raise sa.exc.OperationalError("SELECT", {}, Exception("away"))
        yield

    monkeypatch.setattr(world.service.resources.database, "reading", away)
    client = world.service.client()
    answer = client.get(f"/certification/status/{status_list.code}")
    assert (answer.status_code, answer.text) == (200, status_list.document)
    for unknown in ("22222222", "..", "a%2Fb"):
        assert client.get(f"/certification/status/{unknown}").status_code in (404, 503)


def test_the_service_answers_as_the_gateway_does(world: World) -> None:
    world.certify(world.person())
    (status_list,) = lists(world)
    client = world.service.client()
    answer = client.get(f"/certification/status/{status_list.code}")
    assert answer.content_type == "application/vc"
    assert answer.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=3600"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    again = client.get(f"/certification/status/{status_list.code}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("accepted", "content_type"),
    [
        ("application/ld+json, application/json", "application/json"),
        ("application/vc, application/json;q=0.5", "application/vc"),
        ("*/*", "application/vc"),
    ],
)
def test_verifiers_that_read_json_alone_get_json(world: World, accepted: str, content_type: str) -> None:
    world.certify(world.person())
    (status_list,) = lists(world)
    path = f"/certification/status/{status_list.code}"
    answer = world.service.client().get(path, headers={"Accept": accepted})
    assert (answer.content_type, answer.text) == (content_type, status_list.document)
    assert "Accept" in answer.headers["Vary"]


def test_two_revocations_at_once_are_both_in_the_list(world: World) -> None:
    certificates = [world.certify(world.person(f"Person {number}")) for number in range(4)]
    workers = [threading.Thread(target=revoke, args=(world, certificate)) for certificate in certificates]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    publish(world)
    (status_list,) = lists(world)
    content = served(world, status_list).read_bytes()
    assert all(says_revoked(content, certificate) for certificate in certificates)


def test_a_full_list_gives_way_to_a_new_one_and_both_stay_published(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = world.certify(world.person("Erste"))
    monkeypatch.setattr("services.certification.operations.status.secrets.randbelow", lambda _: first.status_index)
    second = world.certify(world.person("Zweite"))
    assert second.status_list_id != first.status_list_id
    assert look_after(world) == []
    assert [status_list.is_open for status_list in lists(world)] == [False, True]
    revoke(world, first)
    publish(world)
    closed, opened = lists(world)
    assert says_revoked(served(world, closed).read_bytes(), first)
    assert not says_revoked(served(world, opened).read_bytes(), second)


def test_lists_are_signed_anew_each_night_also_after_a_clock_was_wrong(world: World) -> None:
    world.certify(world.person())
    seal, now = seal_of(world.service.resources.settings), utc_now()

    def sign(at: Any) -> int:
        with world.service.transaction() as session:
            return status.sign_due_lists(session, seal=seal, now=at)

    assert sign(now + timedelta(hours=19)) == 0
    assert sign(now + timedelta(hours=21)) == 1
    assert sign(now + timedelta(hours=22)) == 0
    assert sign(now + timedelta(hours=5)) == 1
    (status_list,) = lists(world)
    assert status_list.valid_until - status_list.signed_at == timedelta(days=7)


def test_indices_are_drawn_at_random_from_the_whole_list_and_never_twice(world: World) -> None:
    seal, now = seal_of(world.service.resources.settings), utc_now()
    with world.service.transaction() as session:
        drawn = [
            status.allocate_entry(session, purpose=StatusPurpose.SUSPENSION, subject_id=new_id(), seal=seal, now=now)
            for _ in range(300)
        ]
    indices = [index for _, index in drawn]
    assert len(set(indices)) == 300
    assert min(indices) < 13_107
    assert max(indices) > 117_965
    assert indices != sorted(indices)


def test_a_pass_is_suspended_and_returns_in_its_own_list(world: World) -> None:
    seal, subject = seal_of(world.service.resources.settings), new_id()

    def set_to(value: int) -> bool:
        with world.service.transaction() as session:
            status.set_status(
                session, subject_id=subject, purpose=StatusPurpose.SUSPENSION, value=value, seal=seal, now=utc_now()
            )
        publish(world)
        (status_list,) = lists(world)
        document = json.loads(served(world, status_list).read_bytes())
        assert document["credentialSubject"]["statusPurpose"] == "suspension"
        return is_set(document["credentialSubject"]["encodedList"], _index(world, subject))

    with world.service.transaction() as session:
        status.allocate_entry(session, purpose=StatusPurpose.SUSPENSION, subject_id=subject, seal=seal, now=utc_now())
    assert [set_to(value) for value in (0, 1, 0)] == [False, True, False]


def _index(world: World, subject: UUID) -> int:
    with world.service.transaction() as session:
        return session.scalars(sa.select(StatusEntry.index).where(StatusEntry.subject_id == subject)).one()
