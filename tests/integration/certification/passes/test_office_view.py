"""What others than the board see of an association's pass: the office all of it, strangers what a pass demands."""

from tests.support.certification import World
from tests.support.passes import awarded, board_of


def test_the_office_comes_from_the_register_to_the_association_and_finds_no_door_of_the_board(world: World) -> None:
    association_id, _, _ = awarded(world)
    address, office = f"/certification/passes/{association_id}", world.office()
    assert f'href="{address}"' in office.get("/certification/office/passes").text

    seen = office.get(address).text
    assert "This association holds the pass until" in seen
    assert "Ayşe Gül" in seen
    assert f"{address}/entry" not in seen
    assert f"{address}/entry" in board_of(world, association_id).get(address).text


def test_what_the_pass_demands_is_said_in_the_readers_language(world: World) -> None:
    awarded(world)
    words = world.service.client(language="tr").words(
        "/certification/achievements/memo-pass", headers={"Accept": "text/html"}
    )
    assert "en az 2 üyesinin" in words
    assert "Grundkurs" in words
    assert "Mitglieder" not in words
