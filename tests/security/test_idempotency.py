"""Idempotency-Key: whoever repeats a call, by accident or at the same time, causes one effect and gets one answer."""

import threading
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.support.accounts import Accounts
from tests.support.service import ServiceUnderTest


class Board:
    """Somebody on the board of an association, whose program makes members."""

    def __init__(self, service: ServiceUnderTest) -> None:
        accounts = Accounts(service)
        self.service = service
        self.person_id = accounts.person()
        self.association_id = accounts.association(self.person_id)

    @property
    def path(self) -> str:
        return f"/api/enrollment/v1/associations/{self.association_id}/members"

    def add(self, key: str | None, *, name: str = "Ayşe Gül", person_id: UUID | None = None) -> TestResponse:
        headers = {"Idempotency-Key": key} if key is not None else {}
        client = self.service.client_of(person_id or self.person_id)
        return client.post(self.path, json={"full_name": name}, headers=headers)

    def names(self) -> list[str]:
        answer: Any = self.service.client_of(self.person_id).get(self.path).get_json()
        return sorted(member["full_name"] for member in answer["items"])


@pytest.fixture
def board(enrollment: ServiceUnderTest) -> Board:
    return Board(enrollment)


def test_the_same_key_gets_the_same_answer_and_one_effect(board: Board) -> None:
    first, second = board.add("key-1"), board.add("key-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_json() == second.get_json()
    assert first.mimetype == second.mimetype
    assert board.names().count("Ayşe Gül") == 1


def test_without_a_key_every_call_counts(board: Board) -> None:
    board.add(None)
    board.add(None)
    assert board.names().count("Ayşe Gül") == 2


def test_the_same_key_for_another_request_is_refused(board: Board) -> None:
    assert board.add("key-1").status_code == 201
    other = board.add("key-1", name="Jemand anders")
    assert other.status_code == 422
    assert other.mimetype == "application/problem+json"
    assert "Jemand anders" not in board.names()


def test_a_key_belongs_to_the_person_who_uses_it(board: Board, enrollment: ServiceUnderTest) -> None:
    assert board.add("key-1").status_code == 201
    stranger = Accounts(enrollment).person("Eve")
    assert board.add("key-1", person_id=stranger).status_code in (403, 404)


def test_a_refused_call_may_be_corrected_under_another_key_and_repeated_under_the_same(board: Board) -> None:
    refused, again = board.add("key-1", name=""), board.add("key-1", name="")
    assert (refused.status_code, again.status_code) == (422, 422)
    assert board.add("key-2").status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "x" * 8_000, "\u00e9\u00e8", "' OR 1=1", "a b"])
def test_keys_of_any_kind_break_nothing(board: Board, key: str) -> None:
    answer = board.add(key)
    assert answer.status_code in (201, 400)
    assert answer.status_code == 400 or board.add(key).get_json() == answer.get_json()


def test_two_calls_at_once_with_one_key_have_one_effect(board: Board) -> None:
    barrier = threading.Barrier(4)
    answers: list[tuple[int, Any]] = []

    def call() -> None:
        barrier.wait()
        answer = board.add("key-1")
        answers.append((answer.status_code, answer.get_json()))

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert board.names().count("Ayşe Gül") == 1
    assert {status for status, _ in answers} == {201}
    assert len({str(body) for _, body in answers}) == 1
