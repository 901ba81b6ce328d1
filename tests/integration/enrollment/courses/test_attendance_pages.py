"""The trainer's list: every tap is saved, and certification hears when it is enough."""

from uuid import UUID

from tests.support.courses import CourseIds, Courses, messages
from tests.support.pages import text_of


def running(courses: Courses) -> tuple[CourseIds, UUID, UUID]:
    course, person_id = courses.run(), courses.person("Paula Präsent")
    place_id = courses.place(course.run_id, person_id)
    courses.begin(course)
    return course, person_id, place_id


def test_five_of_six_workshops_complete_the_attendance_and_a_correction_reopens_it(courses: Courses) -> None:
    course, person_id, place_id = running(courses)
    client = courses.service.client_of(courses.trainer(course))

    def tap(number: int, state: str) -> None:
        page = f"/teaching/sessions/{course.session_ids[number]}/places/{place_id}"
        assert client.post(page, data={"state": state}).status_code == 303

    for number in range(4):
        tap(number, "present")
    tap(4, "excused")
    with courses.service.transaction() as session:
        assert messages(session, "enrollment.attendance_completed") == []
    tap(5, "present")
    tap(5, "present")
    with courses.service.transaction() as session:
        [(_, payload)] = messages(session, "enrollment.attendance_completed")
        assert payload["place_id"] == str(place_id)
        assert (payload["units_attended"], payload["units_offered"]) == (40, 48)
    tap(0, "absent")
    with courses.service.transaction() as session:
        assert len(messages(session, "enrollment.attendance_reopened")) == 1
    tap(4, "present")
    with courses.service.transaction() as session:
        assert len(messages(session, "enrollment.attendance_completed")) == 2
    words = courses.service.client_of(person_id).words("/my/courses")
    assert "40 of 39 needed" in words
    assert "You have attended enough." in words


def test_a_tap_with_htmx_answers_with_the_one_card(courses: Courses) -> None:
    course, _, place_id = running(courses)
    client = courses.service.client_of(courses.trainer(course))
    page = f"/teaching/sessions/{course.session_ids[0]}"
    assert "Not noted yet" in client.words(page)
    answer = client.post(f"{page}/places/{place_id}", data={"state": "absent"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert f'id="place-{place_id}"' in answer.text
    assert "<html" not in answer.text
    assert 'aria-pressed="true"' in answer.text


def test_everybody_else_is_present(courses: Courses) -> None:
    course, place_ids = courses.run(), []
    for number in range(3):
        place_ids.append(courses.place(course.run_id, courses.person(f"Person {number}")))
    courses.begin(course)
    client = courses.service.client_of(courses.trainer(course))
    page = f"/teaching/sessions/{course.session_ids[0]}"
    client.post(f"{page}/places/{place_ids[0]}", data={"state": "absent"})
    words = text_of(client.post(f"{page}/rest", follow_redirects=True).text)
    assert "2 people noted as present." in words


def test_nothing_is_noted_before_the_day(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    place_id = courses.place(course.run_id, person_id)
    client = courses.service.client_of(courses.trainer(course))
    page = f"/teaching/sessions/{course.session_ids[0]}"
    assert "You can note attendance from" in client.words(page)
    answer = client.post(f"{page}/places/{place_id}", data={"state": "present"})
    assert answer.status_code == 422


def test_only_people_with_a_place_in_this_course_are_noted_and_only_by_its_staff(courses: Courses) -> None:
    course, _, place_id = running(courses)
    other, _, other_place_id = running(courses)
    trainer = courses.service.client_of(courses.trainer(course))
    page = f"/teaching/sessions/{course.session_ids[0]}"
    assert trainer.post(f"{page}/places/{other_place_id}", data={"state": "present"}).status_code == 404
    assert trainer.post(f"{page}/places/{place_id}", data={"state": "asleep"}).status_code == 422
    stranger = courses.service.client_of(courses.trainer(other))
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}/places/{place_id}", data={"state": "present"}).status_code in (403, 404)
    carrier = courses.service.client_of(courses.staff(course))
    assert carrier.post(f"{page}/places/{place_id}", data={"state": "present"}).status_code == 303
    assert courses.service.client_of(courses.person()).get(page).status_code == 403
