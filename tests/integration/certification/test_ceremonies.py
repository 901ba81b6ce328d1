"""Handing certificates over: the list, the letters, the files; for the office and for the carrier of the course."""

import io
import zipfile
from uuid import UUID

import pikepdf
import pytest

from shared.contracts.enrollment import GrantedRole
from shared.kernel.ids import new_id
from tests.support.certification import World

NAMES = ("Şükrü Özdoğan", "Λυδία Παπά", "محمد علي", "阮氏明", "Ірина Коваль")


@pytest.fixture
def run_id(world: World) -> UUID:
    world.level()
    run_id = world.run()
    for name in NAMES:
        world.hear(*world.facts(world.person(name), run_id))
    return run_id


def test_the_list_names_people_and_no_association(world: World, run_id: UUID) -> None:
    for certificate in world.certificates():
        world.join(world.association("Geheimer Verein e. V."), certificate.person_id)
    words = world.office().words(f"/certification/ceremonies?run={run_id}")
    assert all(name in words for name in NAMES)
    assert "Geheimer Verein" not in words


def test_letters_show_names_in_every_script(world: World, run_id: UUID) -> None:
    answer = world.office().get(f"/certification/ceremonies/letters.pdf?run={run_id}")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    assert len(pikepdf.open(io.BytesIO(answer.data)).pages) == len(NAMES)


def test_files_that_are_not_made_yet_are_named(world: World, run_id: UUID) -> None:
    answer = world.office().get(f"/certification/ceremonies/certificates.zip?run={run_id}")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.read("FEHLT.txt").decode().count(".pdf") == len(NAMES)


def test_a_carrier_sees_its_own_courses_alone(world: World) -> None:
    world.level()
    own, other = new_id(), new_id()
    event = world.run_event(own)
    world.hear(event, world.run_event(other))
    world.hear(*world.facts(world.person("Ayşe Gül"), own))
    role = GrantedRole(role="carrier_staff", scope_kind="carrier", scope_id=event.carrier_id)
    staff = world.service.client_of(world.person("Träger", roles=(role,)))
    assert "Ayşe Gül" in staff.words(f"/certification/ceremonies?run={own}")
    assert staff.get(f"/certification/ceremonies?run={other}").status_code == 404
    assert staff.get("/certification/ceremonies?since=2020-01-01").status_code == 404
    assert world.service.client_of(world.person()).get("/certification/ceremonies").status_code == 403
