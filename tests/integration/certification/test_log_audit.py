"""The trust log from outside: proofs that anybody can check, and a program that notices when the log was rewritten."""

import hashlib
import io
import json
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.certification.domain.log import LogKind
from services.certification.operations import log_tree
from services.certification.operations.log import add_to_log
from services.certification.operations.seals import seal_of
from services.certification.web.downloads import memo_log_audit
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.conftest import BASE_URL
from tests.support.certification import World

LOG = "/api/certification/v1/log"
Audit = Callable[..., tuple[int, str]]


def write(world: World, count: int) -> None:
    with world.service.transaction() as session:
        for number in range(count):
            kind = LogKind.CERTIFICATE_ISSUED
            add_to_log(session, kind=kind, subject_id=new_id(), content=f"{number}", salt="ab", now=utc_now())


def grow(world: World) -> None:
    with world.service.transaction() as session:
        log_tree.grow_tree(session, seal=seal_of(world.service.resources.settings), now=utc_now())


def get(world: World, path: str, **query: object) -> dict[str, Any]:
    answer = world.service.client().get(f"{LOG}/{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    body: dict[str, Any] = answer.get_json()
    return body


def consistent(first: int, second: int, old: bytes, new: bytes, path: list[bytes]) -> bool:
    """RFC 9162, section 2.1.4.2."""
    if first == second:
        return old == new and not path
    path = [old, *path] if first & (first - 1) == 0 else path
    index, last = first - 1, second - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    of_old = of_new = path[0]
    for digest in path[1:]:
        if index & 1 or index == last:
            of_old = hashlib.sha256(b"\x01" + digest + of_old).digest()
            of_new = hashlib.sha256(b"\x01" + digest + of_new).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            of_new = hashlib.sha256(b"\x01" + of_new + digest).digest()
        index, last = index >> 1, last >> 1
    return (of_old, of_new, last) == (old, new, 0)


def test_every_entry_is_proved_to_be_under_the_signed_root(world: World) -> None:
    write(world, 13)
    grow(world)
    head = get(world, "head")
    for position in range(head["tree_size"]):
        proof = get(world, "inclusion", position=position)
        found = memo_log_audit.root_from_inclusion(
            memo_log_audit.leaf_hash(str(proof["leaf"]).encode()),
            position=position,
            size=head["tree_size"],
            path=[bytes.fromhex(digest) for digest in proof["path"]],
        )
        assert found.hex() == head["root_hash"]


def test_every_head_is_proved_to_go_on_from_every_earlier_one(world: World) -> None:
    for count in (1, 2, 1, 5, 8):
        write(world, count)
        grow(world)
    heads = get(world, "heads")["items"]
    for number, old in enumerate(heads):
        for new in heads[number:]:
            path = get(world, "consistency", first=old["tree_size"], second=new["tree_size"])["path"]
            roots = bytes.fromhex(old["root_hash"]), bytes.fromhex(new["root_hash"])
            assert consistent(old["tree_size"], new["tree_size"], *roots, [bytes.fromhex(d) for d in path])


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("consistency", {"first": 0, "second": 1}, 422),
        ("consistency", {"first": 3, "second": 2}, 422),
        ("consistency", {"first": 1, "second": 10**9}, 422),
        ("inclusion", {}, 422),
        ("inclusion", {"position": 1, "number": "x"}, 422),
        ("inclusion", {"position": 10**9}, 404),
        ("inclusion", {"position": 10**30}, 422),
        ("inclusion", {"number": "nothing"}, 404),
        ("inclusion", {"commitment": "0" * 64}, 404),
        ("entries", {"start": -1}, 422),
        ("entries", {"limit": 100_000}, 422),
    ],
)
def test_what_cannot_be_proved_is_refused(world: World, path: str, query: dict[str, int], status: int) -> None:
    write(world, 3)
    grow(world)
    assert world.service.client().get(f"{LOG}/{path}", query_string=query).status_code == status


def test_an_empty_log_says_so(world: World) -> None:
    assert world.service.client().get(f"{LOG}/head").status_code == 404
    assert "empty so far" in world.service.client().words("/certification/log")


def test_the_page_shows_size_key_and_how_to_check(world: World) -> None:
    world.certify(world.person("Ayşe Gül"))
    grow(world)
    page = world.service.client().words("/certification/log")
    assert "certificate issued" in page
    assert f"python memo_log_audit.py {BASE_URL}" in page
    assert "Ayşe" not in page
    program = world.service.client().get("/certification/log/memo_log_audit.py")
    assert compile(program.text, "memo_log_audit.py", "exec")


def test_a_proof_names_the_certificate_by_its_number_and_never_its_holder(world: World) -> None:
    certificate = world.certify(world.person("Ayşe Gül"))
    assert world.service.client().get(f"{LOG}/inclusion?number={certificate.number}").status_code == 404
    grow(world)
    proof = get(world, "inclusion", number=certificate.number)
    bound = hashlib.sha256(f"{proof['salt']}\n{certificate.credential}".encode()).hexdigest()
    assert bound in str(proof["leaf"])
    assert "Ayşe" not in json.dumps(proof, ensure_ascii=False)


@pytest.fixture
def audit(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Runs the program; its network is the service's own client. Gives the exit status and what it says."""

    @contextmanager
    def urlopen(address: str, timeout: float) -> Iterator[io.BytesIO]:
        parts = urllib.parse.urlsplit(address)
        answer = world.service.client().get(f"{parts.path}?{parts.query}")
        if answer.status_code != 200:
            raise OSError(answer.status_code)
        yield io.BytesIO(answer.data)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)

    def run(*arguments: str) -> tuple[int, str]:
        state = str(tmp_path / "seen.json")
        monkeypatch.setattr(sys, "argv", ["audit", BASE_URL, "--state", state, *arguments])
        try:
            memo_log_audit.main()
        except SystemExit as end:
            return int(str(end.code)), capsys.readouterr().out
        return 0, capsys.readouterr().out

    return run


def test_the_program_follows_an_honest_log(world: World, audit: Audit) -> None:
    assert audit()[0] == 2, "nothing can be said of a log without a head"
    for count in (3, 1, 6):
        write(world, count)
        grow(world)
        status, said = audit()
        assert status == 0, said
    assert "entries seen last time are, unchanged, the beginning" in said
    assert audit()[0] == 0


def test_the_program_finds_a_certificate_and_refuses_a_changed_one(world: World, audit: Audit, tmp_path: Path) -> None:
    certificate = world.certify(world.person())
    grow(world)
    file = tmp_path / "credential.json"
    file.write_text(certificate.credential, "utf-8")
    status, said = audit("--certificate", str(file), "--salt", certificate.log_salt)
    assert status == 0, said
    assert "is entry" in said
    assert audit("--certificate", str(file))[0] == 0
    file.write_text(certificate.credential + " ", "utf-8")
    status, said = audit("--certificate", str(file))
    assert (status, "something else under its number" in said) == (1, True)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("UPDATE log_entry SET commitment = repeat('0', 64) WHERE position = 6", "rewritten"),
        ("UPDATE log_entry SET recorded_at = recorded_at - interval '1 day' WHERE position = 6", "rewritten"),
        ("DELETE FROM log_entry WHERE position = 6", "not handed out"),
        ("UPDATE log_head SET note = replace(note, 'time 2', 'time 1')", "signature"),
    ],
)
def test_the_program_notices_what_does_not_fit(world: World, audit: Audit, change: str, word: str) -> None:
    write(world, 9)
    grow(world)
    _as_owner(world, change)
    status, said = audit()
    assert (status, word in said) == (1, True), said


def test_the_program_notices_a_log_that_was_rewritten_with_all_signatures_new(world: World, audit: Audit) -> None:
    write(world, 9)
    grow(world)
    assert audit()[0] == 0
    _as_owner(world, "UPDATE log_entry SET commitment = repeat('0', 64), position = NULL WHERE position = 6")
    _as_owner(world, "UPDATE log_entry SET position = NULL")
    _as_owner(world, "DELETE FROM log_node")
    _as_owner(world, "DELETE FROM log_head")
    grow(world)
    with world.service.transaction() as session:
        assert list(log_tree.broken_places(session)) == [], "from inside everything looks whole"
    status, said = audit()
    assert (status, "WRONG" in said) == (1, True), said


def test_the_program_notices_a_log_that_was_cut_off(world: World, audit: Audit) -> None:
    write(world, 4)
    grow(world)
    write(world, 4)
    grow(world)
    assert audit()[0] == 0
    _as_owner(world, "DELETE FROM log_head WHERE tree_size > 5")
    assert audit()[0] == 1


def _as_owner(world: World, change: str) -> None:
    """Somebody who owns the database can switch its guards off."""
    with world.service.transaction() as session:
        for table in ("log_entry", "log_node", "log_head"):
            session.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        session.execute(sa.text(change))
