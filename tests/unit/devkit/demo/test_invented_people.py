"""The invented people and associations fit together and cover what real names bring along."""

import unicodedata

from shared.devkit.demo.associations import ASSOCIATIONS, CARRIERS, REGIONS, TRAINERS, VENUES
from shared.devkit.demo.names import MAIL_DOMAIN, MEMBERS, PEOPLE, PEOPLE_BY_KEY


def _scripts(name: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in name if letter.isalpha()}


def test_every_person_is_somebody_of_their_own() -> None:
    assert len(PEOPLE) == len(PEOPLE_BY_KEY) == 80
    assert len({person.full_name for person in PEOPLE}) == len(PEOPLE)


def test_mail_goes_to_the_reserved_domain_only_and_some_have_none() -> None:
    addresses = [person.email for person in PEOPLE if person.email]
    assert len(set(addresses)) == len(addresses) < len(PEOPLE)
    assert all(address.isascii() and address.endswith(f"@{MAIL_DOMAIN}") for address in addresses)
    assert MAIL_DOMAIN.endswith(".example")


def test_names_cover_scripts_letters_and_lengths() -> None:
    names = [person.full_name for person in PEOPLE]
    assert sum("ARABIC" in _scripts(name) for name in names) >= 2
    assert sum("CYRILLIC" in _scripts(name) for name in names) >= 2
    assert any("GREEK" in _scripts(name) for name in names)
    assert all(any(letter in name for name in names) for letter in "ğşİıŁễđ")
    assert any(" " not in name for name in names)
    assert max(map(len, names)) > 45


def test_everybody_among_the_members_belongs_to_exactly_one_association() -> None:
    placed = [key for association in ASSOCIATIONS for key in association.board + association.members]
    assert sorted(placed) == sorted(person.key for person in MEMBERS)
    assert all(len(association.board) >= 2 for association in ASSOCIATIONS)


def test_every_region_has_a_carrier_venues_and_three_associations_in_its_towns() -> None:
    towns = {region.code: region.towns for region in REGIONS}
    for placed in (*ASSOCIATIONS, *CARRIERS, *VENUES):
        assert placed.town in towns[placed.region_code]
    assert [carrier.region_code for carrier in CARRIERS] == list(towns)
    for code in towns:
        assert sum(association.region_code == code for association in ASSOCIATIONS) == 3
        assert sum(venue.region_code == code for venue in VENUES) == 2
        assert any(code in trainer.region_codes for trainer in TRAINERS)


def test_staff_that_other_data_name_exist_and_carriers_say_that_they_are_fictional() -> None:
    named = [key for carrier in CARRIERS for key in carrier.staff] + [trainer.person_key for trainer in TRAINERS]
    assert set(named) <= set(PEOPLE_BY_KEY)
    assert all("(Demo)" in carrier.name for carrier in CARRIERS)
