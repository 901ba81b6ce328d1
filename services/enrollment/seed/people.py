"""The demo programme's people: accounts, the one password, authenticators, addresses, roles of the programme."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.adapters import totp
from services.enrollment.adapters.passwords import hash_secret
from services.enrollment.models.credentials import PasswordHash, TotpSecret
from services.enrollment.models.people import Person
from services.enrollment.operations.accounts import add_person
from services.enrollment.operations.roles import grant_role
from services.enrollment.queries.people import find_role_assignment
from shared.kernel.actor import SYSTEM, Role, ScopeKind

Json = dict[str, Any]
#: Key in the scenario -> account.
People = dict[str, Person]

_BEFORE_JOINING = timedelta(hours=2)
_STAFF_SINCE = timedelta(days=300)


def load_people(session: Session, scenario: Json, *, joined: dict[str, str], key: str, now: datetime) -> People:
    """Everybody with an account, by key. `joined` says when members came; `key` encrypts authenticators.

    Addresses come later, see `give_addresses`: letters about a past that never was help nobody, and would keep the
    worker busy while everybody waits for certificates. Who has no address gets an account from the board, see
    `organisations`.
    """
    argon2 = hash_secret(scenario["password"])  # Once for all: eighty hashes would take as many seconds.
    known = find_people(session, scenario["people"])
    for facts in scenario["people"]:
        if facts["key"] in known or facts["email"] is None:
            continue
        since = now - _STAFF_SINCE
        if facts["key"] in joined:
            since = datetime.fromisoformat(joined[facts["key"]]) - _BEFORE_JOINING
        known[facts["key"]] = _add(session, facts, argon2=argon2, key=key, now=since)
    session.flush()
    return known


def find_people(session: Session, facts: list[Json]) -> People:
    """Who is there already, by the names, which are all different."""
    by_name = {row["full_name"]: row["key"] for row in facts}
    found = session.scalars(sa.select(Person).where(Person.full_name.in_(by_name)).order_by(Person.created_at.desc()))
    return {by_name[person.full_name]: person for person in found}


def _add(session: Session, facts: Json, *, argon2: str, key: str, now: datetime) -> Person:
    person = add_person(session, full_name=facts["full_name"], language=facts["language"], now=now)
    session.add(PasswordHash(person_id=person.id, argon2=argon2, changed_at=now))
    if facts["is_trainer"]:
        person.email = facts["email"]  # Trainers are named by their address when they are assigned to a run.
    if secret := facts["totp_secret"]:
        ciphertext = totp.encrypt(secret, key=key)
        session.add(
            TotpSecret(person_id=person.id, ciphertext=ciphertext, created_at=now, confirmed_at=now, last_step=0)
        )
    return person


def give_addresses(session: Session, known: People, facts: list[Json]) -> None:
    """Let the addresses count; from now on people are told what happens."""
    for row in facts:
        person = session.get(Person, known[row["key"]].id)
        if person is not None and person.email is None and row["email"] is not None:
            person.email = row["email"]


def grant_programme_roles(session: Session, known: People, roles: list[Json], *, now: datetime) -> None:
    """Who runs the programme and who watches over it."""
    for row in roles:
        person, role = known[row["person"]], Role(row["role"])
        scope: dict[str, Any] = {"role": role, "scope_kind": ScopeKind.PROGRAMME, "scope_id": None}
        if find_role_assignment(session, person_id=person.id, **scope) is None:
            grant_role(session, actor=SYSTEM, person_id=person.id, now=now, **scope)
