"""Badges and twins, as the holder downloads them and everybody sees them."""

import json

import pytest
from openbadgeslib import baking

from tests.support.certification import World
from tests.support.passes import awarded, board_of, credentials, keep_credential


def test_the_holder_downloads_the_badge_with_the_credential_inside(world: World) -> None:
    certificate = world.certify(world.person())
    client = world.service.client_of(certificate.person_id)
    png = client.get(f"/certification/certificates/{certificate.number}/badge.png")
    assert (png.content_type, png.status_code) == ("image/png", 200)
    assert baking.extract_png(png.data, keyword=baking.ITXT_KEYWORD_OB3) == certificate.credential
    svg = client.get(f"/certification/certificates/{certificate.number}/badge.svg")
    inside = baking.extract_svg(svg.data, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert inside == certificate.credential
    page = client.get(f"/certification/certificates/{certificate.number}").text
    assert f"/certification/certificates/{certificate.number}/badge.png" in page


def test_the_twin_is_the_same_credential_in_page_and_api(world: World) -> None:
    certificate = world.certify(world.person())
    client = world.service.client_of(certificate.person_id)
    token = client.get(f"/certification/certificates/{certificate.number}/credential.jwt")
    assert token.content_type == "application/vc+jwt"
    assert token.text == certificate.credential_jwt
    answer = client.get(f"/api/certification/v1/certificates/{certificate.number}/credential").get_json()
    assert answer == {"credential": certificate.credential, "jwt": certificate.credential_jwt}


@pytest.mark.parametrize("file", ["badge.png", "badge.svg", "credential.jwt"])
def test_nobody_else_can_take_them(world: World, file: str) -> None:
    certificate = world.certify(world.person())
    stranger = world.service.client_of(world.person("Jemand Anderes"))
    assert stranger.get(f"/certification/certificates/{certificate.number}/{file}").status_code == 404


def test_the_plain_badges_are_for_everybody(world: World) -> None:
    world.level()
    client = world.service.client()
    for form, kind in (("svg", "image/svg+xml"), ("png", "image/png")):
        for code in ("grundkurs", "memo-pass"):
            answer = client.get(f"/certification/achievements/{code}/badge.{form}")
            assert (answer.status_code, answer.content_type) == (200, kind)
            assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/certification/achievements/unbekannt/badge.png").status_code == 404
    assert client.get("/certification/achievements/grundkurs/badge.gif").status_code == 404


def test_the_picture_that_the_credential_names_exists(world: World) -> None:
    certificate = world.certify(world.person())
    document = json.loads(certificate.credential)
    for image in (document["image"], document["credentialSubject"]["achievement"]["image"]):
        path = image["id"].removeprefix("http://127.0.0.1:8080")
        assert world.service.client().get(path).status_code == 200, image


def test_a_board_downloads_the_badge_of_its_pass(world: World) -> None:
    association_id, *_ = awarded(world)
    keep_credential(world)
    (credential,) = credentials(world)
    board = board_of(world, association_id)
    png = board.get(f"/certification/passes/{association_id}/badge.png")
    assert baking.extract_png(png.data, keyword=baking.ITXT_KEYWORD_OB3) == credential.credential
    svg = board.get(f"/certification/passes/{association_id}/badge.svg")
    inside = baking.extract_svg(svg.data, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert inside == credential.credential
    foreign = board_of(world, world.association("Andere e. V."))
    assert foreign.get(f"/certification/passes/{association_id}/badge.png").status_code == 404
