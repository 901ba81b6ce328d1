"""The public registers: by consent only, gone when it is withdrawn, never more than was agreed."""

from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.certification.operations import registers, releases
from services.certification.operations.seals import seal_of
from shared.contracts.enrollment import AssociationChanged, GrantedRole
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.service import CheckedClient

PASSES, MULTIPLIERS = "/certification/register/passes", "/certification/register/multipliers"
ENTRY = {"website": "https://bruecke.example", "languages": ["tr", "ar"], "topics": ["funding"], "agreed": "true"}
OWN = {
    "display_name": "Olha B.",
    "town": "Ulm",
    "region_codes": ["neckar-alb"],
    "languages": ["uk", "de"],
    "topics": ["funding"],
    "about": "Ich helfe bei Anträgen.",
    "takes_messages": "true",
    "agreed": "true",
}
MESSAGE = {"sender_name": "Ana Costa", "sender_address": "ana@example.org", "message": "Können Sie uns helfen?"}


def association_with_pass(world: World, name: str = "Brücke e. V.") -> UUID:
    association_id = world.association(name)
    for number in (1, 2):
        person_id = world.person(f"Mitglied {number} von {name}")
        world.join(association_id, person_id)
        world.certify(person_id, level_code="grundkurs")
        world.certify(person_id, level_code="aufbaukurs")
    return association_id


def board_of(world: World, association_id: UUID) -> CheckedClient:
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
    return world.service.client_of(world.person("Vorstand Eins", roles=roles), methods=("pwd",))


def publish(world: World, association_id: UUID, **more: Any) -> CheckedClient:
    board = board_of(world, association_id)
    answer = board.post(f"/certification/passes/{association_id}/entry", data={**ENTRY, **more})
    assert answer.status_code == 303, text_of(answer.text)
    return board


def test_a_valid_pass_is_public_only_after_the_board_has_agreed_and_until_it_withdraws(world: World) -> None:
    association_id = association_with_pass(world)
    visitor = world.service.client()
    assert "Brücke e. V." not in visitor.words(PASSES)
    board = board_of(world, association_id)
    path = f"/certification/passes/{association_id}/entry"
    without = {name: value for name, value in ENTRY.items() if name != "agreed"}
    assert "Without your consent nothing is published" in text_of(board.post(path, data=without).text)
    publish(world, association_id)
    words = visitor.words(PASSES)
    assert "Brücke e. V." in words
    assert "Turkish" in words
    assert "https://bruecke.example" in words
    assert "Mitglied 1" not in words
    assert "Vorstand" not in words
    board.post(f"{path}/withdraw")
    assert "Brücke e. V." not in visitor.words(PASSES)
    with world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM association_entry")) == 0


def test_an_entry_is_hidden_while_the_pass_is_not_in_force(world: World) -> None:
    association_id = association_with_pass(world)
    publish(world, association_id)
    closed = {"association_id": association_id, "name": "Brücke e. V.", "town": "Tübingen", "region_code": "neckar-alb"}
    world.hear(AssociationChanged(**closed, is_active=False))
    assert "Brücke e. V." not in world.service.client().words(PASSES)
    world.hear(AssociationChanged(**closed, is_active=True))
    assert "Brücke e. V." in world.service.client().words(PASSES)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("search=brücke", True),
        ("search=tübingen", True),
        ("search=100%25", False),
        ("region=neckar-alb", True),
        ("region=freiburg", False),
        ("region=%00nowhere", True),
        ("language=tr", True),
        ("language=pl", False),
        ("topic=funding", True),
        ("topic=sport", False),
        ("search=brücke&region=neckar-alb&language=ar&topic=funding", True),
    ],
)
def test_the_register_of_passes_is_searched(world: World, query: str, is_found: bool) -> None:
    publish(world, association_with_pass(world))
    assert ("Brücke e. V." in world.service.client().words(f"{PASSES}?{query}")) is is_found


def test_the_map_links_to_regions_and_its_numbers_stand_in_a_table(world: World) -> None:
    publish(world, association_with_pass(world))
    page = world.service.client().get(f"{PASSES}?search=br").text
    assert page.count("region=neckar-alb") == 2
    assert 'aria-label="Neckar-Alb: 1"' in page
    assert "Tübingen: 1" in page


@pytest.mark.parametrize("website", ["javascript:alert(1)", "bruecke.example", "data:text/html,x"])
def test_a_website_that_is_none_is_refused(world: World, website: str) -> None:
    association_id = association_with_pass(world)
    board = board_of(world, association_id)
    answer = board.post(f"/certification/passes/{association_id}/entry", data={**ENTRY, "website": website})
    assert answer.status_code == 422


def multiplier(world: World, name: str = "Olha Bondar") -> tuple[UUID, CheckedClient]:
    """A certificate of this level waits until a person releases it."""
    person_id, place_id = world.person(name), new_id()
    world.level("multiplikator", title="Multiplikator", position=3)
    run_id = world.run("multiplikator")
    world.hear(*world.facts(person_id, run_id, level_code="multiplikator", place_id=place_id))
    if not world.certificates():
        with world.service.transaction() as session:
            seal = seal_of(world.service.resources.settings)
            releases.release(session, actor=SYSTEM, place_id=place_id, seal=seal, now=utc_now())
    assert world.certificates()
    return person_id, world.service.client_of(person_id, methods=("pwd",))


def test_a_multiplier_opens_and_deletes_their_own_entry(world: World) -> None:
    _, own = multiplier(world)
    assert own.post("/certification/multipliers/mine", data=OWN).status_code == 303
    visitor = world.service.client()
    words = visitor.words(MULTIPLIERS)
    assert "Olha B." in words
    assert "Ukrainian" in words
    assert "Bondar" not in words
    assert "Nothing found" in visitor.words(f"{MULTIPLIERS}?language=pl")
    assert own.post("/certification/multipliers/mine", data={**OWN, "display_name": "Olha"}).status_code == 303
    assert "Olha B." not in visitor.words(MULTIPLIERS)
    own.post("/certification/multipliers/mine/withdraw")
    assert "Nothing found" in visitor.words(MULTIPLIERS)
    with world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM multiplier_entry")) == 0


def test_without_a_certificate_nobody_stands_in_the_register(world: World) -> None:
    own = world.service.client_of(world.person("Maria Nowak"), methods=("pwd",))
    assert "You need a valid multiplier certificate" in own.words("/certification/multipliers/mine")
    assert own.post("/certification/multipliers/mine", data=OWN).status_code == 422
    assert "Nothing found" in world.service.client().words(MULTIPLIERS)


def test_an_entry_vanishes_with_the_certificate_or_the_account_and_is_deleted_by_night(world: World) -> None:
    person_id, own = multiplier(world)
    own.post("/certification/multipliers/mine", data=OWN)
    address = address_of_first(world)
    certificate = next(c for c in world.certificates() if c.person_id == person_id)
    data = {"reason": "conditions_not_met", "note": "Nachweis fehlt"}
    world.office().post(f"/certification/office/certificates/{certificate.number}/revoke", data=data)
    visitor = world.service.client()
    assert "Nothing found" in visitor.words(MULTIPLIERS)
    assert visitor.get(address).status_code == 404
    assert visitor.post(address, data=MESSAGE).status_code == 404
    with world.service.transaction() as session:
        assert registers.forget_hidden_multipliers(session) == 1


def address_of_first(world: World) -> str:
    with world.service.transaction() as session:
        return f"{MULTIPLIERS}/{session.scalar(sa.text('SELECT public_id FROM multiplier_entry'))}"


def test_a_message_is_sent_on_and_the_address_is_never_shown(world: World) -> None:
    person_id, own = multiplier(world)
    own.post("/certification/multipliers/mine", data=OWN)
    visitor, address = world.service.client(), address_of_first(world)
    assert str(person_id) not in visitor.get(address).text
    assert visitor.post(address, data={**MESSAGE, "sender_address": "nobody"}).status_code == 422
    assert visitor.post(address, data=MESSAGE).status_code == 303
    (told,) = world.sent("certification.multiplier_contacted")
    assert (told["person_id"], told["message"]) == (str(person_id), "Können Sie uns helfen?")
    for _ in range(4):
        visitor.post(address, data=MESSAGE)
    assert "too often" in text_of(visitor.post(address, data=MESSAGE).text)
    assert len(world.sent("certification.multiplier_contacted")) == 5


def test_who_takes_no_messages_gets_none(world: World) -> None:
    _, own = multiplier(world)
    own.post("/certification/multipliers/mine", data={k: v for k, v in OWN.items() if k != "takes_messages"})
    visitor, address = world.service.client(), address_of_first(world)
    assert "Write a message" not in visitor.words(address)
    assert visitor.post(address, data=MESSAGE).status_code == 404


def test_an_unknown_public_id_is_not_found(world: World) -> None:
    assert world.service.client().get(f"{MULTIPLIERS}/{new_id()}").status_code == 404


API = "/api/certification/v1/register"


def test_programs_read_the_registers_page_by_page_and_see_no_more_than_people(world: World) -> None:
    association_id = association_with_pass(world)
    publish(world, association_id)
    many_published(world, 45)
    visitor, names, address = world.service.client(), [], f"{API}/passes"
    while address:
        answer = visitor.get(address).json
        assert answer is not None
        names += [entry["name"] for entry in answer["items"]]
        address = f"{API}/passes?after={answer['next_cursor']}" if answer["next_cursor"] else ""
    assert len(names) == len(set(names)) == 46
    found = visitor.get(f"{API}/passes?topic=funding&search=brücke").json
    assert found is not None
    assert [entry["verification_url"].rpartition("/")[2] for entry in found["items"]] == [found["items"][0]["number"]]
    assert visitor.get(f"{API}/passes?topic=sport").get_json()["items"] == []


def many_published(world: World, count: int) -> None:
    """More published passes with names that small letters make longer or shorter."""
    with world.service.transaction() as session:
        session.execute(
            sa.text(
                "INSERT INTO association_copy SELECT gen_random_uuid(), 'İŞ ß ' || n, 'Ulm', 'freiburg', true"
                " FROM generate_series(1, :n) n"
            ),
            {"n": count},
        )
        session.execute(
            sa.text(
                "INSERT INTO association_pass (id, number, association_id, state, rule_version, valid_from,"
                " valid_until, awarded_at, changed_at)"
                " SELECT gen_random_uuid(), name, association_id, 'awarded', 1, current_date,"
                " current_date + 100, now(), now() FROM association_copy WHERE region_code = 'freiburg'"
            )
        )
        session.execute(
            sa.text(
                "INSERT INTO association_entry (association_id, languages, topics, consented_at, consented_by_id,"
                " changed_at) SELECT association_id, '[]', '[]', now(), gen_random_uuid(), now()"
                " FROM association_copy WHERE region_code = 'freiburg'"
            )
        )


def test_the_api_of_multipliers_holds_no_id_of_a_person(world: World) -> None:
    person_id, own = multiplier(world)
    own.post("/certification/multipliers/mine", data=OWN)
    answer = world.service.client().get(f"{API}/multipliers?language=uk")
    assert answer.json is not None
    assert [entry["display_name"] for entry in answer.json["items"]] == ["Olha B."]
    assert str(person_id) not in answer.text


def test_the_authority_sees_figures_and_takes_all_passes_as_a_table(world: World) -> None:
    association_with_pass(world, "=Brücke; e. V.")
    authority = world.service.client_of(
        world.person("Mini Sterium", roles=(GrantedRole(role="authority", scope_kind="programme"),))
    )
    words = authority.words("/certification/office/passes/statistics")
    assert "Neckar-Alb" in words
    assert "Valid passes at the end of each month" in words
    table = authority.get("/certification/office/passes/export.csv")
    assert table.text.startswith("\ufeffNumber;")
    assert '"\'=Brücke; e. V."' in table.text
    assert world.service.client_of(world.person("Ana Costa")).get(
        "/certification/office/passes/export.csv"
    ).status_code in (403, 404)
