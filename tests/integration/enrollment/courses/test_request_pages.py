"""Asking for a place through the pages, in every way in which it can end."""

from datetime import timedelta

from services.enrollment.models.runs import Run
from services.enrollment.operations import certificates, places
from shared.contracts.certification import CertificateIssued
from shared.kernel.actor import SYSTEM
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.ids import new_id
from tests.support.courses import Courses, letters, messages
from tests.support.pages import text_of


def test_the_list_of_courses_is_open_to_everybody_and_can_be_narrowed(courses: Courses) -> None:
    courses.run(title="Grundkurs am Neckar")
    courses.run(level="aufbaukurs", title="Aufbaukurs am Neckar")
    courses.run(title="Noch ein Entwurf", is_published=False)
    client = courses.service.client()
    words = client.words("/runs")
    assert "Grundkurs am Neckar" in words
    assert "Aufbaukurs am Neckar" in words
    assert "Noch ein Entwurf" not in words
    assert "Grundkurs am Neckar" not in client.words("/runs?level=aufbaukurs")
    assert "Grundkurs am Neckar" in client.words("/runs?near=72070")
    assert "No course fits" in client.words("/runs?near=10115")
    assert "No course fits" in client.words("/runs?region=freiburg&free=true")


def test_a_page_of_courses_has_a_next_one(courses: Courses) -> None:
    for number in range(21):
        courses.run(title=f"Kurs Nummer {number}", starts_in_days=30 + number)
    client = courses.service.client()
    first = client.get("/runs")
    assert text_of(first.text).count("Kurs Nummer") == 20
    next_address = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "Kurs Nummer 20" in client.words(next_address)


def test_a_part_of_the_list_is_enough_for_htmx(courses: Courses) -> None:
    courses.run()
    answer = courses.service.client().get("/runs", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "Grundkurs in Reutlingen" in answer.text


def test_a_stranger_is_shown_the_way_to_sign_in(courses: Courses) -> None:
    course = courses.run()
    words = courses.service.client().words(f"/runs/{course.run_id}")
    assert "Sign in to ask for a place." in words
    assert "Step-free: yes" in words
    answer = courses.service.client().post(f"/runs/{course.run_id}/places")
    assert answer.status_code in (302, 303, 401)


def test_a_draft_is_not_found(courses: Courses) -> None:
    course = courses.run(is_published=False)
    assert courses.service.client().get(f"/runs/{course.run_id}").status_code == 404
    client = courses.service.client_of(courses.person())
    assert client.post(f"/runs/{course.run_id}/places").status_code == 404


def test_a_free_seat_is_confirmed_at_once_and_everybody_hears_of_it(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    association_id = courses.association(person_id)
    client = courses.service.client_of(person_id)
    answer = client.post(
        f"/runs/{course.run_id}/places", data={"association_id": str(association_id)}, follow_redirects=True
    )
    words = text_of(answer.text)
    assert "The place is confirmed." in words
    assert "You have a place." in words
    with courses.service.transaction() as session:
        [(_, payload)] = messages(session, "enrollment.place_confirmed")
        assert payload["person_id"] == str(person_id)
        assert payload["level_code"] == "grundkurs"
        assert letters(session, person_id) == ["place_confirmed"]


def test_a_full_course_shows_the_position_and_the_rule(courses: Courses) -> None:
    course = courses.run(capacity=1)
    courses.place(course.run_id, courses.person("Erste"))
    courses.place(course.run_id, courses.person("Zweite"))
    person_id = courses.person("Dritte")
    client = courses.service.client_of(person_id)
    words = text_of(client.post(f"/runs/{course.run_id}/places", follow_redirects=True).text)
    assert "You are number 2 of 2 on the waiting list." in words
    assert "First every association gets one seat" in words
    with courses.service.transaction() as session:
        assert letters(session, person_id) == ["place_waiting"]


def test_asking_twice_is_refused_in_words(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    courses.place(course.run_id, person_id)
    answer = courses.service.client_of(person_id).post(f"/runs/{course.run_id}/places")
    assert answer.status_code == 422
    assert "has a place in this course already" in text_of(answer.text)


def test_a_level_says_which_certificate_is_missing_until_it_is_there(courses: Courses) -> None:
    course, person_id = courses.run(level="aufbaukurs"), courses.person()
    client = courses.service.client_of(person_id)
    assert "you need the certificate “Grundkurs” first" in client.words(f"/runs/{course.run_id}")
    assert client.post(f"/runs/{course.run_id}/places").status_code == 422
    with courses.service.transaction() as session:
        event = CertificateIssued(
            certificate_id=new_id(),
            number="MEMO-1",
            person_id=person_id,
            run_id=new_id(),
            level_code="grundkurs",
            issued_on=programme_date(utc_now()),
            verification_url="http://127.0.0.1:8080/v/MEMO-1",
        )
        certificates.record_certificate(session, event=event, now=utc_now())
    assert client.post(f"/runs/{course.run_id}/places").status_code == 303


def test_no_place_after_registration_has_closed(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    with courses.service.transaction() as session:
        run = session.get(Run, course.run_id)
        assert run is not None
        run.registration_closes_at = utc_now() - timedelta(minutes=1)
    client = courses.service.client_of(person_id)
    assert "Registration closed on" in client.words(f"/runs/{course.run_id}")
    answer = client.post(f"/runs/{course.run_id}/places")
    assert answer.status_code == 422
    assert "Registration closed on" in text_of(answer.text)


def test_nobody_comes_from_an_association_to_which_they_do_not_belong(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    foreign_id = courses.association(courses.person("Fremd"))
    answer = courses.service.client_of(person_id).post(
        f"/runs/{course.run_id}/places", data={"association_id": str(foreign_id)}
    )
    assert answer.status_code == 422


def test_the_board_asks_for_one_of_its_members(courses: Courses) -> None:
    course, board_id, member_id = courses.run(), courses.person("Vera Vorstand"), courses.person("Mo Mitglied")
    association_id = courses.association(member_id, board=board_id)
    client = courses.service.client_of(board_id)
    assert "Mo Mitglied" in client.words(f"/runs/{course.run_id}")
    answer = client.post(f"/runs/{course.run_id}/members", data={"member": f"{association_id}:{member_id}"})
    assert answer.status_code == 303
    words = client.words(f"/associations/{association_id}/places")
    assert "Mo Mitglied" in words
    assert "Confirmed" in words


def test_the_board_cannot_ask_for_people_of_others(courses: Courses) -> None:
    course, board_id, stranger_id = courses.run(), courses.person(), courses.person("Fremd")
    own_id, foreign_id = courses.association(board=board_id), courses.association(stranger_id)
    client = courses.service.client_of(board_id)
    for member in (f"{own_id}:{stranger_id}", f"{foreign_id}:{stranger_id}", "nonsense"):
        assert client.post(f"/runs/{course.run_id}/members", data={"member": member}).status_code in (403, 422)
    assert client.get(f"/associations/{foreign_id}/places").status_code == 404


def test_leaving_asks_once_more_and_offers_the_seat_on(courses: Courses) -> None:
    course, first_id, next_id = courses.run(capacity=1), courses.person("Erste"), courses.person("Zweite")
    place_id, waiting_id = courses.place(course.run_id, first_id), courses.place(course.run_id, next_id)
    client = courses.service.client_of(first_id)
    assert "Give the place back?" in client.words(f"/places/{place_id}/leave")
    assert client.post(f"/places/{place_id}/leave").status_code == 303
    assert courses.state(place_id) == "released"
    assert courses.state(waiting_id) == "offered"
    with courses.service.transaction() as session:
        assert len(messages(session, "enrollment.place_released")) == 1
        assert letters(session, next_id) == ["place_waiting", "place_offered"]
    other = courses.service.client_of(next_id)
    assert "A seat is free for you." in other.words(f"/runs/{course.run_id}")
    assert "A seat is free for you." in other.words("/my/courses")
    assert "You have a place." in text_of(other.post(f"/places/{waiting_id}/accept", follow_redirects=True).text)


def test_a_place_of_somebody_else_is_not_found(courses: Courses) -> None:
    course = courses.run()
    place_id = courses.place(course.run_id, courses.person())
    client = courses.service.client_of(courses.person("Neugierig"))
    assert client.get(f"/places/{place_id}/leave").status_code == 404
    assert client.post(f"/places/{place_id}/leave").status_code == 404
    assert client.post(f"/places/{place_id}/accept").status_code == 404
    assert courses.state(place_id) == "confirmed"


def test_my_courses_shows_what_is_there_and_what_comes_next(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    client = courses.service.client_of(person_id)
    assert "No course yet" in client.words("/my/courses")
    courses.place(course.run_id, person_id)
    words = client.words("/my/courses")
    assert "0 of 39 needed" in words
    assert "For this level you need the certificate “Grundkurs” first." in words


def test_own_dates_can_be_put_into_a_calendar(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    client = courses.service.client_of(person_id)
    assert client.get(f"/runs/{course.run_id}/calendar.ics").status_code == 404
    courses.place(course.run_id, person_id)
    answer = client.get(f"/runs/{course.run_id}/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 6
    assert client.get("/my/courses.ics").text.count("BEGIN:VEVENT") == 6


def test_home_shows_the_next_courses_to_strangers_and_the_next_steps_to_people(courses: Courses) -> None:
    course, person_id = courses.run(capacity=1), courses.person()
    assert "Grundkurs in Reutlingen" in courses.service.client().words("/")
    first = courses.place(course.run_id, courses.person())
    courses.place(course.run_id, person_id)
    client = courses.service.client_of(person_id)
    assert "On the waiting list" in client.words("/")
    with courses.service.transaction() as session:
        places.leave_place(session, actor=SYSTEM, place_id=first, now=utc_now())
    assert "A seat is free for you: Grundkurs in Reutlingen" in client.words("/")
    trainer = courses.service.client_of(courses.trainer(course))
    assert "You teach" in trainer.words("/")


def test_made_up_addresses_and_searches_are_no_fault_of_ours(courses: Courses) -> None:
    client, office = courses.service.client(), courses.service.client_of(courses.office())
    for query in ("near=%00", "level=%00&region=%ff", "after=eyJhIjoxfQ", "after=W10", "near=%25", "near=72%00"):
        assert client.get(f"/runs?{query}").status_code in (200, 400)
        assert client.get(f"/api/enrollment/v1/runs?{query}").status_code in (200, 400, 422)
    for page in ("levels", "modules", "regions"):
        address = f"/office/catalogue/{page}/a%00b"
        assert office.get(address).status_code in (400, 404)
        assert office.post(address, data={"title": "x", "name": "x"}).status_code in (400, 404, 422)
