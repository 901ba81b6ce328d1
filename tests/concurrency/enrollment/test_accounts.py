"""The same thing at the same moment, over real connections: a link, a code, a board, an invite code."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from services.enrollment.domain.sign_in import PASSWORD_GUESSES
from services.enrollment.models.associations import Membership
from services.enrollment.operations.guessing import count_guess
from services.enrollment.operations.links import (
    confirm_email,
    redeem_sign_in_link,
    request_email_change,
    request_sign_in_link,
)
from services.enrollment.operations.memberships import add_to_board, create_member, join_with_code, leave_association
from services.enrollment.operations.slips import issue_own_slip
from services.enrollment.queries.associations import get_association
from shared.db import Database, Session
from shared.kernel.actor import Actor
from shared.kernel.clock import utc_now
from shared.kernel.errors import DomainError
from shared.kernel.ids import new_id
from tests.support.accounts import Accounts
from tests.support.service import ServiceUnderTest

AT_ONCE = 8


@pytest.fixture
def accounts(enrollment: ServiceUnderTest) -> Accounts:
    """Ways to arrange people."""
    return Accounts(enrollment)


@pytest.fixture
def database(enrollment: ServiceUnderTest) -> Iterator[Database]:
    """A pool with a connection for every thread."""
    database = Database(enrollment.resources.settings.database_url, pool_size=AT_ONCE)
    yield database
    database.dispose()


def all_at_once(database: Database, works: list[Callable[[Session], Any]]) -> list[str]:
    """Do all works at the same moment, each in its own transaction; "done", or the name of what refused it."""
    barrier = Barrier(len(works))

    def do(work: Callable[[Session], Any]) -> str:
        barrier.wait()
        try:
            with database.transaction() as session:
                work(session)
        except DomainError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(do, works))


def test_a_link_that_is_clicked_eight_times_lets_in_once(accounts: Accounts, database: Database) -> None:
    accounts.person(email="leyla@example.org")
    with database.transaction() as session:
        request_sign_in_link(session, email="leyla@example.org", next_path="/", language="en", now=utc_now())
    secret = accounts.newest_mail("leyla@example.org").path.rpartition("/")[2]
    outcomes = all_at_once(database, [lambda s: redeem_sign_in_link(s, secret=secret, now=utc_now())] * AT_ONCE)
    assert outcomes == ["LinkUnusable"] * (AT_ONCE - 1) + ["done"]


def test_an_address_that_two_confirm_at_once_belongs_to_one(accounts: Accounts, database: Database) -> None:
    email = "leyla@example.org"
    actors = [Actor(accounts.person()) for _ in range(2)]
    for actor in actors:
        with database.transaction() as session:
            request_email_change(session, actor=actor, email=email, now=utc_now())
    secrets = [mail.path.rpartition("/")[2] for mail in accounts.mails(email)]

    def confirming(actor: Actor, secret: str) -> Callable[[Session], Any]:
        return lambda s: confirm_email(s, actor=actor, secret=secret, now=utc_now())

    works = [confirming(actor, secret) for actor, secret in zip(actors, secrets, strict=True)]
    assert all_at_once(database, works) == ["LinkUnusable", "done"]


def test_guesses_sent_at_the_same_moment_are_all_counted(database: Database) -> None:
    def guess(session: Session) -> None:
        limit = PASSWORD_GUESSES
        count_guess(session, limit=limit, account="leyla", address="203.0.113.7", key="k" * 32, now=utc_now())

    outcomes = all_at_once(database, [guess] * AT_ONCE) + all_at_once(database, [guess] * AT_ONCE)
    assert sorted(outcomes) == ["TooManyAttempts"] * (2 * AT_ONCE - 10) + ["done"] * 10


def test_joining_twice_at_once_makes_one_membership(accounts: Accounts, database: Database) -> None:
    association_id = accounts.association(accounts.person("Amina Yusuf"))
    person_id = accounts.person()
    with database.transaction() as session:
        code = get_association(session, association_id).invite_code

    def join(session: Session) -> None:
        join_with_code(session, actor=Actor(person_id), code=code, now=utc_now())

    assert all_at_once(database, [join] * AT_ONCE) == ["AlreadyMember"] * (AT_ONCE - 1) + ["done"]


def test_a_board_that_leaves_all_at_once_keeps_one(accounts: Accounts, database: Database) -> None:
    first = accounts.person("Amina Yusuf")
    association_id = accounts.association(first)
    others = [_board_member(accounts, association_id, first) for _ in range(3)]
    create: dict[str, Any] = {"association_id": association_id, "membership_id": new_id(), "full_name": "Plain Member"}
    with database.transaction() as session:
        create_member(session, actor=accounts.actor(first), language="de", now=utc_now(), **create)
    actors = [accounts.actor(person_id) for person_id in (first, *others)]

    def leaving(actor: Actor) -> Callable[[Session], Any]:
        return lambda s: leave_association(s, actor=actor, association_id=association_id, now=utc_now())

    outcomes = all_at_once(database, [leaving(actor) for actor in actors])
    assert outcomes == ["LastBoardMember", "done", "done", "done"]


def _board_member(accounts: Accounts, association_id: UUID, board_id: UUID) -> UUID:
    actor, ticket = accounts.actor(board_id), new_id()
    where = {"association_id": association_id, "membership_id": ticket}
    with accounts.service.transaction() as session:
        create_member(session, actor=actor, full_name="Board", language="de", now=utc_now(), **where)
        add_to_board(session, actor=actor, now=utc_now(), **where)
        return session.scalars(sa.select(Membership.person_id).where(Membership.id == ticket)).one()


def test_slips_made_at_the_same_moment_leave_one_that_works(accounts: Accounts, database: Database) -> None:
    actor = Actor(accounts.person())
    outcomes = all_at_once(database, [lambda s: issue_own_slip(s, actor=actor, now=utc_now())] * AT_ONCE)
    assert outcomes == ["done"] * AT_ONCE
    with database.transaction() as session:
        live = session.scalar(sa.text("select count(*) from sign_in_slip where voided_at is null"))
    assert live == 1
