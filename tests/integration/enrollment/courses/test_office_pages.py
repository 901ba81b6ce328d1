"""The office changes rules, the catalogue and carriers; the authority reads figures."""

import pytest

from shared.kernel.actor import Role
from tests.support.courses import Courses, messages
from tests.support.pages import text_of


def test_a_rule_changes_from_now_on_and_keeps_its_history(courses: Courses) -> None:
    client = courses.service.client_of(courses.office())
    page = "/office/settings/attendance_threshold_percent.grundkurs"
    assert "80 percent" in client.words("/office/settings")
    assert "the one that the programme began with" in client.words(page)
    assert client.post(page, data={"value": "75"}).status_code == 303
    assert client.post(page, data={"value": "75"}).status_code == 303
    assert client.post(page, data={"value": "70"}).status_code == 303
    words = client.words(page)
    assert "75 percent" in words
    assert "70 percent" in words
    assert text_of(client.get(page).text).count("percent") == 3
    course, person_id = courses.run(), courses.person()
    courses.place(course.run_id, person_id)
    assert "0 of 34 needed" in courses.service.client_of(person_id).words("/my/courses")


@pytest.mark.parametrize("value", ["0", "101", "-3", "many", "", "7" * 40])
def test_a_figure_out_of_reason_is_refused_in_words(courses: Courses, value: str) -> None:
    client = courses.service.client_of(courses.office())
    answer = client.post("/office/settings/attendance_threshold_percent.grundkurs", data={"value": value})
    assert answer.status_code == 422
    assert 'href="#field-value"' in answer.text


def test_an_unknown_rule_is_not_found(courses: Courses) -> None:
    assert courses.service.client_of(courses.office()).get("/office/settings/anything").status_code == 404


def test_titles_and_units_change_and_the_other_services_hear_of_it(courses: Courses) -> None:
    client = courses.service.client_of(courses.office())
    assert "Together 48 units" in client.words("/office/catalogue")
    change = {"title": "Vereinsrecht", "summary": "Kurz.", "units": "10"}
    assert client.post("/office/catalogue/modules/grundkurs-vereinsrecht", data=change).status_code == 303
    assert client.post("/office/catalogue/levels/grundkurs", data={"title": "Modul I"}).status_code == 303
    assert client.post("/office/catalogue/regions/freiburg", data={"name": "Südbaden"}).status_code == 303
    words = client.words("/office/catalogue")
    assert "Together 50 units" in words
    assert "Südbaden" in words
    with courses.service.transaction() as session:
        _, payload = messages(session, "enrollment.level_changed")[-1]
        assert payload["title"] == "Modul I"
        assert payload["modules"][0]["units"] == 10
    for page in ("levels/grundkurs", "modules/grundkurs-vereinsrecht", "regions/freiburg"):
        assert client.get(f"/office/catalogue/{page}").status_code == 200
        assert client.post(f"/office/catalogue/{page}", data={}).status_code == 422
    assert client.get("/office/catalogue/levels/unknown").status_code == 404


def test_a_carrier_is_added_once(courses: Courses) -> None:
    client = courses.service.client_of(courses.office())
    carrier = {"name": "Lernhafen", "region_code": "freiburg", "town": "Freiburg", "contact": ""}
    assert client.get("/office/catalogue/carriers/new").status_code == 200
    assert client.post("/office/catalogue/carriers/new", data=carrier).status_code == 303
    again = client.post("/office/catalogue/carriers/new", data=carrier)
    assert again.status_code == 422
    assert "There is a carrier with this name already." in text_of(again.text)


def test_the_figures_are_for_the_office_and_the_authority(courses: Courses) -> None:
    course = courses.run()
    courses.place(course.run_id, courses.person())
    authority = courses.service.client_of(courses.grant(courses.person(), Role.AUTHORITY))
    words = authority.words("/office/statistics")
    assert "Places by region" in words
    assert "1 of 3" in words
    assert courses.service.client_of(courses.staff(course)).get("/office/statistics").status_code == 403


def test_the_first_page_of_the_office_leads_everywhere(courses: Courses) -> None:
    words = courses.service.client_of(courses.office()).words("/office")
    for name in ("Rules of the programme", "Levels, regions, carriers", "All courses", "The programme in figures"):
        assert name in words


def test_the_office_pages_are_for_the_office(courses: Courses) -> None:
    client = courses.service.client_of(courses.person())
    for page in (
        "/office/settings",
        "/office/catalogue",
        "/office/statistics",
        "/office",
        "/office/catalogue/carriers/new",
    ):
        assert client.get(page).status_code == 403
