"""A file's way from the browser through the store and the check into a submission."""

import io
from typing import Any

import pytest
import sqlalchemy as sa

from services.coursework.operations.uploads import delete_originals, give_up_waiting
from shared.contracts.coursework import UploadArrived
from shared.kernel.clock import utc_now
from tests.integration.coursework.content import MODULES
from tests.integration.coursework.files import a_docx, a_jpeg, a_pdf
from tests.integration.coursework.world import Person, World

MODULE = MODULES[0]
PDF = "application/pdf"


def announce(world: World, learner: Person, name: str, size: int, content_type: str = PDF) -> Any:
    return learner.client.post(
        f"/api/coursework/v1/runs/{world.run_id}/assignments/{MODULE}/uploads",
        json={"filename": name, "size": size, "content_type": content_type},
    )


def send(world: World, learner: Person, name: str, data: bytes, content_type: str = PDF, *, size: int = 0) -> str:
    """Announce, put into the store as the browser does, report the arrival; the upload's id."""
    upload = announce(world, learner, name, size or len(data), content_type).json["upload"]
    with world.service.transaction() as session:
        key = session.execute(sa.text("SELECT raw_key FROM upload WHERE id = :id"), {"id": upload}).scalar_one()
    world.service.resources.documents.put(key, data, content_type=content_type)
    arrived = learner.client.post(world.course(f"/assignment/{MODULE}/files"), data={"file_upload": upload})
    assert arrived.status_code == 303, arrived.text
    return str(upload)


def state_of(learner: Person, upload: str) -> tuple[str, str | None]:
    answer = learner.client.get(f"/api/coursework/v1/uploads/{upload}").json
    return answer["state"], answer["reason"]


def submission_id(world: World, learner: Person) -> str:
    with world.service.transaction() as session:
        found = session.execute(sa.text("SELECT id FROM submission WHERE person_id = :id"), {"id": learner.id})
        return str(found.scalar_one())


def test_a_file_is_checked_handed_in_and_shown_to_the_trainer(world: World) -> None:
    learner, trainer = world.learner(), world.trainer()
    upload = send(world, learner, "Steckbrief خطة.pdf", a_pdf())
    assert [event.upload_id.hex for event in world.events(UploadArrived)] == [upload.replace("-", "")]
    assert state_of(learner, upload) == ("arrived", None)
    page = learner.client.get(world.course(f"/assignment/{MODULE}"))
    assert 'hx-trigger="every 3s"' in page.text
    hand_in = f"/coursework/submissions/{submission_id(world, learner)}/hand-in"
    early = learner.client.post(hand_in)
    assert early.status_code == 422
    assert "still being checked" in early.text
    world.check_uploads()
    assert state_of(learner, upload) == ("accepted", None)
    part = learner.client.get(world.course(f"/assignment/{MODULE}/files"))
    assert "Ready" in part.text
    assert "hx-trigger" not in part.text
    assert learner.client.post(hand_in).status_code == 303
    graded = trainer.client.get(f"/coursework/gradings/{submission_id(world, learner)}")
    assert "/submissions/" in graded.text
    assert "<iframe" in graded.text
    assert "X-Amz-Signature" in graded.text


def test_what_the_trainer_gets_holds_no_metadata_and_the_original_is_deleted(world: World) -> None:
    learner = world.learner()
    send(world, learner, "Foto.jpg", a_jpeg(), "image/jpeg")
    world.check_uploads()
    documents = world.service.resources.documents
    with world.service.transaction() as session:
        row = session.execute(sa.text("SELECT * FROM upload")).one()
        assert b"A camera" in documents.get(row.raw_key)
        assert b"A camera" not in documents.get(row.clean_key)
        session.execute(sa.text("UPDATE upload SET decided_at = decided_at - interval '2 hours'"))
    with world.service.transaction() as session:
        assert delete_originals(session, documents=documents, now=utc_now()) == 1
    assert documents.head(row.raw_key) is None
    assert documents.head(row.clean_key) is not None


@pytest.mark.parametrize(
    ("name", "data", "content_type", "reason"),
    [
        ("Plan.pdf", b"MZ" + b"\x00" * 300, PDF, "type_differs"),
        ("Plan.pdf", a_pdf(pages=4)[:900], PDF, "damaged"),
        ("Bild.png", a_jpeg(), "image/png", "type_differs"),
        ("Text.docx", a_docx({"word/vbaProject.bin": b"x"}), "", "has_macros"),
    ],
)
def test_a_hostile_file_is_refused_with_a_plain_reason_and_does_not_block(
    world: World, name: str, data: bytes, content_type: str, reason: str
) -> None:
    learner = world.learner()
    upload = send(world, learner, name, data, content_type)
    world.check_uploads()
    assert state_of(learner, upload) == ("refused", reason)
    assert "Not accepted" in learner.client.words(world.course(f"/assignment/{MODULE}"))
    empty = learner.client.post(f"/coursework/submissions/{submission_id(world, learner)}/hand-in")
    assert empty.status_code == 422
    assert "nothing to hand in" in empty.text


def test_a_file_of_another_size_than_announced_or_none_at_all_is_refused(world: World) -> None:
    learner = world.learner()
    upload = send(world, learner, "Plan.pdf", a_pdf(), size=5_000_000)
    missing = announce(world, learner, "Weg.pdf", 100).json["upload"]
    learner.client.post(f"/api/coursework/v1/uploads/{missing}/arrival")
    world.check_uploads()
    assert state_of(learner, upload) == ("refused", "size_differs")
    assert state_of(learner, missing) == ("refused", "missing")


def test_a_file_that_never_came_is_given_up_after_a_day(world: World) -> None:
    learner = world.learner()
    upload = announce(world, learner, "Plan.pdf", 100).json["upload"]
    with world.service.transaction() as session:
        assert give_up_waiting(session, now=utc_now()) == 0
        session.execute(sa.text("UPDATE upload SET announced_at = announced_at - interval '25 hours'"))
    with world.service.transaction() as session:
        assert give_up_waiting(session, now=utc_now()) == 1
    assert state_of(learner, upload) == ("refused", "missing")


def test_limits_are_told_before_a_byte_is_sent(world: World) -> None:
    learner = world.learner()
    too_big = announce(world, learner, "Film.pdf", 21 * 1024 * 1024)
    assert (too_big.status_code, too_big.mimetype) == (422, "application/problem+json")
    assert "20 MB" in too_big.json["detail"]
    assert "PDF" in announce(world, learner, "run.exe", 10, "application/x-msdownload").json["detail"]


def test_without_javascript_the_form_carries_the_file(world: World) -> None:
    learner = world.learner()
    sent = learner.client.post(
        world.course(f"/assignment/{MODULE}/files"),
        data={"file": (io.BytesIO(a_pdf()), "Plan.pdf", PDF)},
        content_type="multipart/form-data",
    )
    assert sent.status_code == 303, sent.text
    world.check_uploads()
    assert "Ready" in learner.client.words(world.course(f"/assignment/{MODULE}"))
    nothing = learner.client.post(world.course(f"/assignment/{MODULE}/files"), data={})
    assert nothing.status_code == 422
    assert "empty" in nothing.text


def test_a_removed_file_is_gone_and_somebody_elses_does_not_exist(world: World) -> None:
    learner, neighbour = world.learner(), world.learner("Neighbour")
    upload = send(world, learner, "Plan.pdf", a_pdf())
    world.check_uploads()
    assert neighbour.client.get(f"/api/coursework/v1/uploads/{upload}").status_code == 404
    assert neighbour.client.post(f"/coursework/uploads/{upload}/remove").status_code == 404
    assert learner.client.post(f"/coursework/uploads/{upload}/remove").status_code == 303
    assert learner.client.get(f"/api/coursework/v1/uploads/{upload}").status_code == 404


def test_a_check_that_runs_twice_decides_once(world: World) -> None:
    learner = world.learner()
    upload = send(world, learner, "Plan.pdf", a_pdf())
    [event] = world.events(UploadArrived)
    world.hear(event)
    world.hear(event)
    assert state_of(learner, upload) == ("accepted", None)
