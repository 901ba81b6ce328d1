"""The carrier's pages: from a draft to a public course with trainers, and its end."""

from datetime import date, timedelta

from shared.kernel.actor import Role
from shared.kernel.clock import programme_date, utc_now
from tests.support.courses import CourseIds, Courses, messages
from tests.support.pages import text_of


def draft(courses: Courses) -> tuple[CourseIds, date, dict[str, str]]:
    course = courses.run(is_published=False)
    first = programme_date(utc_now()) + timedelta(days=40)
    form = {
        "carrier_id": str(course.carrier_id),
        "level_code": "grundkurs",
        "title": "Grundkurs am Abend",
        "region_code": "neckar-alb",
        "town": "Tübingen",
        "venue_id": str(course.venue_id),
        "capacity": "16",
        "seats_per_association": "2",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=60)).isoformat(),
        "registration_closes_on": (first - timedelta(days=8)).isoformat(),
        "language_notes": "Deutsch, Türkisch",
    }
    return course, first, form


def test_a_carrier_drafts_dates_and_publishes_a_course(courses: Courses) -> None:
    course, first, form = draft(courses)
    client = courses.service.client_of(courses.staff(course))
    assert "New course" in client.words("/carrier/runs")
    assert 'value="16"' in client.get("/carrier/runs/new").text
    answer = client.post("/carrier/runs/new", data=form)
    assert answer.status_code == 303
    page = answer.location
    assert "This is a draft." in client.words(page)
    refused = client.post(f"{page}/publish")
    assert refused.status_code == 422
    assert "Add the dates of the workshops first." in text_of(refused.text)
    modules = ["vereinsrecht", "satzung", "gemeinnuetzigkeit", "buchfuehrung", "projekt", "mitglieder"]
    for number, name in enumerate(modules):
        on = first + timedelta(days=7 * number)
        session = {"module_code": f"grundkurs-{name}", "session_on": on.isoformat(), "starts": "10:00", "ends": "17:00"}
        assert client.post(f"{page}/sessions", data=session).status_code == 303
    assert client.post(f"{page}/publish").status_code == 303
    assert "Grundkurs am Abend" in courses.service.client().words("/runs?near=Tübingen")
    with courses.service.transaction() as session:
        [(_, payload)] = messages(session, "enrollment.run_changed")
        assert payload["state"] == "published"
        assert payload["region_code"] == "neckar-alb"


def test_what_does_not_fit_is_said_at_the_field_and_nothing_typed_is_lost(courses: Courses) -> None:
    course, first, form = draft(courses)
    client = courses.service.client_of(courses.staff(course))
    form["ends_on"] = (first - timedelta(days=1)).isoformat()
    answer = client.post("/carrier/runs/new", data=form)
    assert answer.status_code == 422
    assert "The last day is before the first day." in text_of(answer.text)
    assert 'href="#field-ends_on"' in answer.text
    assert "Grundkurs am Abend" in answer.text
    missing = client.post("/carrier/runs/new", data={"title": ""})
    assert missing.status_code == 422
    assert 'href="#field-town"' in missing.text


def test_a_day_in_another_age_is_refused_at_the_field(courses: Courses) -> None:
    course = courses.run(is_published=False)
    client = courses.service.client_of(courses.staff(course))
    for day in ("0001-01-01", "9999-12-31"):
        session = {"module_code": "grundkurs-satzung", "session_on": day, "starts": "00:00", "ends": "00:10"}
        answer = client.post(f"/carrier/runs/{course.run_id}/sessions", data=session)
        assert answer.status_code == 422
        assert "Please choose a day between 2014 and 2100." in text_of(answer.text)


def test_a_course_does_not_shrink_below_its_seats(courses: Courses) -> None:
    course = courses.run(capacity=3)
    for _ in range(2):
        courses.place(course.run_id, courses.person())
    client = courses.service.client_of(courses.staff(course))
    form = {name: value for name, value in draft(courses)[2].items() if name not in ("carrier_id", "level_code")}
    first = programme_date(utc_now()) + timedelta(days=30)
    form |= {
        "capacity": "1",
        "starts_on": first.isoformat(),
        "venue_id": str(course.venue_id),
        "registration_closes_on": first.isoformat(),
    }
    answer = client.post(f"/carrier/runs/{course.run_id}/edit", data=form)
    assert answer.status_code == 422
    assert "2 seats are given out or offered already." in text_of(answer.text)
    assert client.post(f"/carrier/runs/{course.run_id}/edit", data=form | {"capacity": "2"}).status_code == 303


def test_the_roster_and_the_waiting_list_give_their_reasons(courses: Courses) -> None:
    course = courses.run(capacity=1)
    courses.place(course.run_id, courses.person("Erste Person"))
    waiting_id = courses.place(course.run_id, courses.person("Zweite Person"))
    client = courses.service.client_of(courses.staff(course))
    words = client.words(f"/carrier/runs/{course.run_id}")
    assert "Erste Person" in words
    assert "Zweite Person" in words
    assert "All seats are taken." in words
    page = f"/carrier/runs/{course.run_id}/places/{waiting_id}"
    assert "Zweite Person" in client.words(f"{page}/release")
    refused = client.post(f"{page}/give")
    assert refused.status_code == 422
    assert "No seat is free now." in text_of(refused.text)
    assert client.post(f"{page}/release").status_code == 303
    assert courses.state(waiting_id) == "withdrawn"


def test_a_trainer_is_assigned_by_address_and_hears_of_nothing_else(courses: Courses) -> None:
    course, other = courses.run(), courses.run()
    trainer_id = courses.person("Theo", email="theo@example.org")
    client = courses.service.client_of(courses.staff(course))
    page = f"/carrier/runs/{course.run_id}"
    unknown = client.post(f"{page}/trainers", data={"email": "nobody@example.org"})
    assert unknown.status_code == 422
    assert "Nobody has an account with this address." in text_of(unknown.text)
    assert client.post(f"{page}/trainers", data={"email": "theo@example.org"}).status_code == 303
    assert client.post(f"{page}/trainers", data={"email": "theo@example.org"}).status_code == 303
    with courses.service.transaction() as session:
        assert messages(session, "enrollment.run_changed")[-1][1]["trainer_ids"] == [str(trainer_id)]
        roles = messages(session, "enrollment.person_changed")[-1][1]["roles"]
        assert {"role": "trainer", "scope_kind": "run", "scope_id": str(course.run_id)} in roles
    trainer = courses.service.client_of(trainer_id)
    assert "Grundkurs in Reutlingen" in trainer.words("/teaching")
    assert trainer.get(page).status_code == 200
    assert trainer.get(f"/carrier/runs/{other.run_id}").status_code == 404
    assert trainer.get(f"{page}/edit").status_code in (403, 404)
    assert client.post(f"{page}/trainers/{trainer_id}/remove").status_code == 303
    assert trainer.get(page).status_code in (403, 404)


def test_another_carriers_course_is_not_found_and_cannot_be_changed(courses: Courses) -> None:
    course, foreign = courses.run(), courses.run()
    client = courses.service.client_of(courses.staff(foreign))
    page = f"/carrier/runs/{course.run_id}"
    assert client.get(page).status_code == 404
    assert client.get(f"{page}/edit").status_code == 404
    assert client.get(f"{page}/cancel").status_code == 404
    for action in ("publish", "cancel"):
        assert client.post(f"{page}/{action}").status_code in (403, 404)
    stranger = courses.service.client_of(courses.person())
    assert stranger.get(page).status_code == 403


def test_staff_pages_ask_for_the_second_factor_first(courses: Courses) -> None:
    course = courses.run()
    client = courses.service.client_of(courses.staff(course), methods=("pwd",))
    answer = client.get(f"/carrier/runs/{course.run_id}")
    assert answer.status_code in (302, 303, 403)


def test_cancelling_asks_once_more(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    place_id = courses.place(course.run_id, person_id)
    client = courses.service.client_of(courses.staff(course))
    page = f"/carrier/runs/{course.run_id}"
    assert "1 seat is given out." in client.words(f"{page}/cancel")
    assert client.post(f"{page}/cancel").status_code == 303
    assert courses.state(place_id) == "released"
    assert "This course was cancelled." in courses.service.client().words(f"/runs/{course.run_id}")
    assert client.post(f"{page}/cancel").status_code == 422


def test_a_date_can_be_taken_out_of_a_draft_but_not_of_a_public_course(courses: Courses) -> None:
    course = courses.run(is_published=False)
    client = courses.service.client_of(courses.staff(course))
    page = f"/carrier/runs/{course.run_id}"
    assert client.post(f"{page}/sessions/{course.session_ids[0]}/remove").status_code == 303
    public = courses.run()
    client = courses.service.client_of(courses.staff(public))
    answer = client.post(f"/carrier/runs/{public.run_id}/sessions/{public.session_ids[0]}/remove")
    assert answer.status_code == 422
    assert "1 workshops of this level have no date yet." in text_of(answer.text)


def test_venues_say_what_people_must_know(courses: Courses) -> None:
    course = courses.run()
    client = courses.service.client_of(courses.staff(course))
    venue = {"name": "Haus", "street": "Weg 1", "postcode": "72070", "town": "Tübingen", "has_childcare": "true"}
    assert client.post(f"/carrier/{course.carrier_id}/venues/new", data=venue).status_code == 303
    assert "Weg 1, 72070 Tübingen" in client.words("/carrier/venues")
    page = f"/carrier/{course.carrier_id}/venues/{course.venue_id}"
    assert 'name="has_ramp" value="true" checked' in " ".join(client.get(page).text.split())
    assert client.post(page, data=venue | {"access_notes": "Bus 5"}).status_code == 303
    words = courses.service.client().words(f"/runs/{course.run_id}")
    assert "Bus 5" in words
    assert "Childcare: yes" in words
    foreign = courses.service.client_of(courses.staff(courses.run()))
    assert foreign.get(page).status_code == 404
    assert foreign.post(page, data=venue).status_code in (403, 404)


def test_the_office_sees_the_courses_of_all_carriers(courses: Courses) -> None:
    courses.run(title="Kurs eins")
    courses.run(title="Kurs zwei")
    client = courses.service.client_of(courses.office())
    words = client.words("/carrier/runs")
    assert "Kurs eins" in words
    assert "Kurs zwei" in words
    authority = courses.service.client_of(courses.grant(courses.person(), Role.AUTHORITY))
    assert authority.get("/carrier/runs").status_code == 403


def test_a_public_course_stays_complete_whatever_is_changed(courses: Courses) -> None:
    course = courses.run()
    client = courses.service.client_of(courses.staff(course))
    form = {name: value for name, value in draft(courses)[2].items() if name not in ("carrier_id", "level_code")}
    page = f"/carrier/runs/{course.run_id}/edit"
    moved = client.post(page, data=form | {"venue_id": str(course.venue_id)})
    assert moved.status_code == 422
    assert "is not between the first and the last day of the course" in text_of(moved.text)
    first = programme_date(utc_now()) + timedelta(days=30)
    form |= {"starts_on": first.isoformat(), "registration_closes_on": first.isoformat(), "venue_id": ""}
    homeless = client.post(page, data=form)
    assert homeless.status_code == 422
    assert "Choose a venue first" in text_of(homeless.text)
    client.post(f"/carrier/runs/{course.run_id}/cancel")
    over = client.post(page, data=form | {"venue_id": str(course.venue_id)})
    assert over.status_code == 422
    assert "This course is over." in text_of(over.text)
