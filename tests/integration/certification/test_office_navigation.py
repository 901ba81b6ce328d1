"""The pages of the office's area: each says where one is, and leads to all the others."""

import re

import pytest

from tests.support.certification import World

PAGES = {
    "All certificates": "/certification/office/certificates",
    "To be released": "/certification/office/releases",
    "New ones asked for": "/certification/office/reissues",
    "To be reviewed": "/certification/office/reviews",
    "Issue for many": "/certification/office/batches",
    "Hand over": "/certification/ceremonies",
    "Templates": "/certification/office/templates",
    "Register of passes": "/certification/office/passes",
    "Passes in figures": "/certification/office/passes/statistics",
    "Conditions of the pass": "/certification/office/pass-rule",
    "Signing keys": "/certification/office/keys",
    "Trust log": "/certification/log",
    "API tokens": "/certification/office/tokens",
    "Webhooks": "/certification/office/webhooks",
}

_LINK = re.compile(r'<a href="([^"]+)"( aria-current="(?:page|true)")?>([^<]+)</a>')


def _navigation(page: str) -> str:
    found = re.search(r'<nav class="tab-groups".*?</nav>', page, re.DOTALL)
    return found.group() if found else ""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_office_is_marked_and_leads_to_the_others(world: World, name: str) -> None:
    page = world.office().get(PAGES[name], headers={"Accept-Language": "en"}).text
    links = _LINK.findall(_navigation(page))

    assert {label: address for address, _, label in links if label in PAGES} == PAGES
    assert {label for _, current, label in links if "page" in current} == {name}
    assert len([label for _, current, label in links if "true" in current]) == 1


def test_the_log_shows_strangers_nothing_of_the_office(world: World) -> None:
    assert _navigation(world.service.client().get("/certification/log").text) == ""
