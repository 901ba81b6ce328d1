"""Associations with a MEMO-Pass, and what can happen to it."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from services.certification.models import AssociationPass, Certificate, PassCredential, PassWeighing
from services.certification.operations import passes
from shared.contracts.certification import PassCredentialDue, PassWeighingStepDue
from shared.contracts.enrollment import AssociationChanged, GrantedRole, MembershipChanged
from shared.kernel.clock import utc_now
from tests.support.certification import World
from tests.support.service import CheckedClient

#: What the office's form of the rule sends.
RULE: dict[str, str | list[str]] = {
    "members_needed": "2",
    "level_codes": ["grundkurs", "aufbaukurs"],
    "validity_months": "36",
    "grace_days": "0",
    "renewal_window_days": "90",
    "reminder_days": "90, 30",
}

#: A membership, and the second of the two certificates.
Qualified = tuple[MembershipChanged, Certificate]


def the_pass(world: World) -> AssociationPass:
    """The only pass that there is."""
    with world.service.transaction() as session:
        return session.scalars(sa.select(AssociationPass)).one()


def held(world: World) -> AssociationPass | None:
    """The only pass, if there is one yet."""
    with world.service.transaction() as session:
        return session.scalars(sa.select(AssociationPass)).one_or_none()


def qualify(world: World, association_id: UUID, name: str) -> Qualified:
    """Somebody joins and gets the certificates of both levels."""
    person_id = world.person(name)
    membership = world.join(association_id, person_id)
    world.certify(person_id, level_code="grundkurs")
    return membership, world.certify(person_id, level_code="aufbaukurs")


def awarded(world: World) -> tuple[UUID, Qualified, Qualified]:
    """An association that two members have brought the pass."""
    association_id = world.association()
    first = qualify(world, association_id, "Ayşe Gül")
    assert held(world) is None
    second = qualify(world, association_id, "Maria Nowak")
    return association_id, first, second


def board_of(world: World, association_id: UUID) -> CheckedClient:
    roles = (GrantedRole(role="board", scope_kind="association", scope_id=association_id),)
    return world.service.client_of(world.person("Vorstand Eins", roles=roles), methods=("pwd",))


def weigh_in(world: World, days: int) -> None:
    with world.service.transaction() as session:
        passes.weigh_all_passes(session, now=utc_now() + timedelta(days=days))


def work_on_weighing(world: World, *, steps: int = 100) -> None:
    """What the worker does when it hears PassWeighingStepDue, again and again until all are weighed."""
    for _ in range(steps):
        with world.service.transaction() as session:
            running = session.scalars(sa.select(PassWeighing).where(PassWeighing.state == "running")).one_or_none()
        if running is None:
            return
        world.hear(PassWeighingStepDue(lane_id=running.lane_id, rule_version=running.rule_version))


def credentials(world: World) -> list[PassCredential]:
    with world.service.transaction() as session:
        return list(session.scalars(sa.select(PassCredential).order_by(PassCredential.sequence)))


def keep_credential(world: World) -> None:
    """What the worker does when it hears PassCredentialDue."""
    got = the_pass(world)
    world.hear(PassCredentialDue(pass_id=got.id, association_id=got.association_id))


def changed_association(
    association_id: UUID, *, name: str = "Brücke e. V.", is_active: bool = True
) -> AssociationChanged:
    return AssociationChanged(
        association_id=association_id, name=name, town="Tübingen", region_code="neckar-alb", is_active=is_active
    )


def held_of(world: World, association_id: UUID) -> AssociationPass | None:
    with world.service.transaction() as session:
        statement = sa.select(AssociationPass).where(AssociationPass.association_id == association_id)
        return session.scalars(statement).one_or_none()
