"""The office's pages, the programme's content, and who may open what."""

import pytest
import sqlalchemy as sa

from services.coursework.operations.seeding import ensure_content
from shared.kernel.clock import utc_now
from tests.integration.coursework.content import MODULES
from tests.integration.coursework.world import World


def test_the_office_revises_a_lesson_and_two_at_once_do_not_overwrite_each_other(world: World) -> None:
    office = world.office()
    assert "Lektion" in office.client.words("/coursework/office/materials")
    with world.service.transaction() as session:
        material_id = session.execute(sa.text("SELECT id FROM material ORDER BY position LIMIT 1")).scalar_one()
    address = f"/coursework/office/materials/{material_id}"
    assert "Ein **Verein** hat eine Satzung." in office.client.get(address).text
    form = {"based_on": "1", "title": "Lektion neu", "text": "Neu.", "title_einfach": "", "text_einfach": ""}
    assert office.client.post(address, data=form).status_code == 303
    late = office.client.post(address, data={**form, "text": "Anders."})
    assert late.status_code == 422
    assert "Anders." in late.text
    unchanged = office.client.post(address, data={**form, "based_on": "2"})
    assert unchanged.status_code == 303
    with world.service.transaction() as session:
        versions = session.execute(
            sa.text("SELECT version FROM material_version WHERE material_id = :id ORDER BY version"),
            {"id": material_id},
        )
        assert versions.scalars().all() == [1, 2]


def test_the_programmes_content_is_loaded_once_and_revisions_of_the_office_stay(world: World) -> None:
    documents = world.service.resources.documents
    with world.service.transaction() as session:
        assert ensure_content(session, documents, utc_now()) > 30
    with world.service.transaction() as session:
        assert ensure_content(session, documents, utc_now()) == 0
        kinds = session.execute(sa.text("SELECT DISTINCT kind FROM material")).scalars().all()
        keys = session.execute(
            sa.text("SELECT document_key FROM material_version WHERE document_key IS NOT NULL LIMIT 3")
        )
        assert set(kinds) == {"text", "image", "pdf"}
        assert all(documents.head(key) for key in keys.scalars())


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/coursework/", [200, 200, 200, 200]),
        ("{course}", [200, 200, 200, 404]),
        ("{course}/results", [200, 404, 404, 404]),
        ("{course}/participants", [403, 200, 200, 403]),
        ("{course}/quiz/{module}", [200, 404, 404, 404]),
        ("{course}/assignment/{module}", [200, 200, 200, 404]),
        ("/coursework/queue", [403, 200, 403, 403]),
        ("/coursework/office/rules", [403, 403, 200, 403]),
        ("/coursework/office/rules/grundkurs", [403, 403, 200, 403]),
        ("/coursework/office/rules/nonsense", [403, 403, 404, 403]),
        ("/coursework/office/materials", [403, 403, 200, 403]),
        ("/api/coursework/v1/runs", [200, 200, 200, 200]),
        ("/api/coursework/v1/queue", [403, 200, 403, 403]),
        ("/api/coursework/v1/runs/{run}/progress", [200, 404, 404, 404]),
    ],
)
def test_who_may_open_what(world: World, path: str, statuses: list[int]) -> None:
    """Learner, trainer, office, stranger, in this order."""
    address = path.format(course=world.course(), module=MODULES[0], run=world.run_id)
    people = [world.learner(), world.trainer(), world.office(), world.person("Stranger")]
    assert [person.client.get(address).status_code for person in people] == statuses
    away = world.service.client().get(address)
    assert away.status_code == (401 if path.startswith("/api") else 303)
