"""What enrollment hears of certificates, passes and graded work, and what its own schedule does."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from services.enrollment.models.certificates import CertificateCopy
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import catalogue, runs
from services.enrollment.queries import certificates as certificates_query
from services.enrollment.queries import runs as runs_query
from services.enrollment.tasks.inbound import HANDLERS
from shared.contracts.certification import CertificateIssued, CertificateRevoked, PassChanged
from shared.contracts.coursework import SubmissionGraded
from shared.contracts.event import Event
from shared.kernel.clock import programme_date, utc_now
from shared.kernel.ids import new_id
from tests.support.courses import Courses, letters, messages


def hear(courses: Courses, event: Event) -> None:
    with courses.service.transaction() as session:
        HANDLERS[type(event)](session, event, utc_now())


def issued(person_id: UUID, run_id: UUID, certificate_id: UUID | None = None) -> CertificateIssued:
    return CertificateIssued(
        certificate_id=certificate_id or new_id(),
        number="MEMO-4711",
        person_id=person_id,
        run_id=run_id,
        level_code="grundkurs",
        issued_on=date(2026, 11, 1),
        verification_url="http://127.0.0.1:8080/v/MEMO-4711",
    )


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_a_certificate_that_replaces_another_ends_it_in_the_same_step(courses: Courses, order: tuple[str, str]) -> None:
    course, person_id = courses.run(), courses.person()
    courses.place(course.run_id, person_id)
    old = issued(person_id, course.run_id)
    new = replace(issued(person_id, course.run_id), number="MEMO-4712", replaces_id=old.certificate_id)
    for which in order:
        hear(courses, old if which == "old" else new)
        with courses.service.transaction() as session:
            copies = certificates_query.list_certificates(session, person_id=person_id)
            assert [copy.certificate_id for copy in copies if copy.revoked_on is None] == [
                new.certificate_id if which == "new" or order[0] == "new" else old.certificate_id
            ]
    with courses.service.transaction() as session:
        assert "certificate_revoked" not in letters(session, person_id)


def test_a_certificate_completes_the_place_and_is_shown_and_told_once(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    place_id = courses.place(course.run_id, person_id)
    event = issued(person_id, course.run_id)
    hear(courses, event)
    hear(courses, event)
    assert courses.state(place_id) == "completed"
    assert "MEMO-4711" in courses.service.client_of(person_id).words("/my/courses")
    with courses.service.transaction() as session:
        assert letters(session, person_id).count("certificate_issued") == 1
        assert session.get(Place, place_id) is not None
        run = session.get(Run, course.run_id)
        assert run is not None
        assert run.seats_taken == 1


def test_a_revoked_certificate_no_longer_opens_the_next_level(courses: Courses) -> None:
    course, person_id, certificate_id = courses.run(), courses.person(), new_id()
    revoked = CertificateRevoked(
        certificate_id=certificate_id,
        number="MEMO-4711",
        person_id=person_id,
        level_code="grundkurs",
        revoked_on=date(2026, 11, 2),
    )
    hear(courses, issued(person_id, course.run_id, certificate_id))
    hear(courses, revoked)
    with courses.service.transaction() as session:
        assert certificates_query.list_certified_codes(session, person_id=person_id) == frozenset()
        assert letters(session, person_id)[-1] == "certificate_revoked"
    assert "Revoked" in courses.service.client_of(person_id).words("/my/courses")


def test_a_revocation_that_arrives_first_is_kept(courses: Courses) -> None:
    person_id, certificate_id = courses.person(), new_id()
    hear(
        courses,
        CertificateRevoked(
            certificate_id=certificate_id,
            number="MEMO-1",
            person_id=person_id,
            level_code="grundkurs",
            revoked_on=date(2026, 11, 2),
        ),
    )
    with courses.service.transaction() as session:
        copy = session.get(CertificateCopy, certificate_id)
        assert copy is not None
        assert copy.revoked_on == date(2026, 11, 2)


def test_a_pass_is_shown_to_the_board_and_told_to_it(courses: Courses) -> None:
    board_id, member_id = courses.person("Vorstand"), courses.person("Mitglied")
    association_id = courses.association(member_id, board=board_id)
    today = programme_date(utc_now())
    hear(
        courses,
        PassChanged(
            pass_id=new_id(),
            number="PASS-1",
            association_id=association_id,
            state="awarded",
            valid_from=today,
            valid_until=today + timedelta(days=1000),
        ),
    )
    words = courses.service.client_of(board_id).words(f"/associations/{association_id}/places")
    assert "holds the MEMO-Pass PASS-1" in words
    with courses.service.transaction() as session:
        assert letters(session, board_id) == ["pass_changed"]
        assert letters(session, member_id) == []


def test_graded_work_is_told_without_a_mark(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person()
    event = SubmissionGraded(submission_id=new_id(), run_id=course.run_id, person_id=person_id, is_accepted=True)
    hear(courses, event)
    with courses.service.transaction() as session:
        [(_, payload)] = messages(session, "mail.requested")
        assert payload["template"] == "submission_graded"
        assert payload["facts"]["run"] == "Grundkurs in Reutlingen"


def test_somebody_without_an_address_gets_no_letter_and_no_fault(courses: Courses) -> None:
    course, person_id = courses.run(), courses.person(email=None)
    courses.place(course.run_id, person_id)
    with courses.service.transaction() as session:
        assert messages(session, "mail.requested") == []


def test_the_calendar_starts_and_finishes_courses(courses: Courses) -> None:
    course = courses.run()
    courses.begin(course, days_ago=1)
    with courses.service.transaction() as session:
        assert runs_query.get_run(session, course.run_id).state.value == "running"
        later = utc_now() + timedelta(days=60)
        assert list(runs_query.list_runs_to_advance(session, today=programme_date(later))) == [course.run_id]
        runs.advance_run(session, run_id=course.run_id, now=later)
        states = [payload["state"] for _, payload in messages(session, "enrollment.run_changed")]
    assert states == ["published", "running", "finished"]


def test_laying_the_catalogue_again_changes_and_tells_nothing(courses: Courses) -> None:
    with courses.service.transaction() as session:
        before = len(messages(session, "enrollment.level_changed"))
        catalogue.ensure_catalogue(session, now=utc_now())
        assert len(messages(session, "enrollment.level_changed")) == before == 3
