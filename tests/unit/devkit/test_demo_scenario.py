"""The demo programme holds something of everything, on whatever day it is loaded."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.devkit.demo.names import MAIL_DOMAIN
from shared.devkit.demo.plans import MODULES, RUNS, Ending, Work
from shared.devkit.demo.scenario import build_scenario, invite_code
from shared.devkit.demo.sign_ins import SIGN_INS

#: A Monday, a Saturday with a workshop, and the night on which summer time ends.
_DAYS = [
    datetime(2026, 11, 23, 6, tzinfo=UTC),
    datetime(2026, 12, 5, 20, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
]


@pytest.mark.parametrize("now", _DAYS)
def test_nothing_that_has_happened_lies_ahead(now: datetime) -> None:
    scenario = build_scenario(now=now, totp_secrets={})
    instants = [run["published_at"] for run in scenario["runs"]]
    instants += [request["at"] for run in scenario["runs"] for request in run["requests"]]
    instants += [noted["at"] for run in scenario["runs"] for noted in run["attendance"]]
    instants += [
        step[key]
        for work in scenario["work"]
        for person in work["people"]
        for step in person["steps"]
        for key in ("quiz_at", "handed_in_at", "graded_at")
    ]
    assert max(map(datetime.fromisoformat, instants)) <= now


@pytest.mark.parametrize("now", _DAYS)
def test_published_runs_still_take_people_and_finished_ones_are_over(now: datetime) -> None:
    for run in build_scenario(now=now, totp_secrets={})["runs"]:
        closes_at = datetime.fromisoformat(run["registration_closes_at"])
        begins, ends = (datetime.fromisoformat(run["sessions"][n][k]) for n, k in ((0, "starts_at"), (-1, "ends_at")))
        match run["ending"]:
            case Ending.PUBLISHED:
                assert closes_at > now + timedelta(days=1)
            case Ending.RUNNING:
                assert begins < now < ends
            case Ending.FINISHED:
                assert ends < now


def test_there_are_runs_in_every_state_and_work_of_every_kind() -> None:
    assert {run.ending for run in RUNS} == set(Ending)
    assert {work for run in RUNS for work in run.people.values()} == set(Work)
    assert {run.level_code for run in RUNS} == set(MODULES)
    assert any(run.waiting and run.left for run in RUNS)


def test_people_ask_for_their_own_association_and_never_for_too_many_seats() -> None:
    scenario = build_scenario(now=_DAYS[0], totp_secrets={})
    members = {key: a["name"] for a in scenario["associations"] for key in (*a["board"], *a["members"])}
    for run in scenario["runs"]:
        asked = [request["association"] for request in run["requests"]]
        assert asked == [members[request["person"]] for request in run["requests"]]
        assert max((asked.count(name) for name in asked), default=0) <= run["seats_per_association"]


def test_sign_ins_tell_their_role_by_their_address() -> None:
    emails = [sign_in.email for sign_in in SIGN_INS]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(f"@{MAIL_DOMAIN}") for email in emails)


def test_invite_codes_stay_the_same() -> None:
    assert invite_code("neckarwelle") == invite_code("neckarwelle") != invite_code("papierstern")
