"""Who of an association's members holds which certificates: for one association or for all of them, in one query."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.certificates import CertificateState
from services.certification.domain.passes import PassRule, PassStanding, counts_from, standing
from services.certification.models import Certificate, MembershipCopy, PersonCopy


def standings_of(
    session: Session, *, rule: PassRule, association_ids: Collection[UUID] | None, today: date
) -> Mapping[UUID, PassStanding]:
    """The standing of each of these associations, or of all where None; those without members are left out.

    Members are those of today whose account is open. Superseded certificates count by the one that took their place.
    """
    levels: dict[UUID, dict[UUID, set[str]]] = defaultdict(lambda: defaultdict(set))
    for association_id, person_id, level_code in session.execute(_rows(rule, association_ids, today)):
        held = levels[association_id][person_id]
        if level_code is not None:
            held.add(level_code)
    return {
        association_id: standing(rule, {person_id: frozenset(codes) for person_id, codes in members.items()})
        for association_id, members in levels.items()
    }


def _rows(rule: PassRule, association_ids: Collection[UUID] | None, today: date) -> sa.Select[UUID, UUID, str]:
    counts = sa.and_(
        Certificate.person_id == MembershipCopy.person_id,
        Certificate.level_code.in_(rule.level_codes),
        Certificate.state == CertificateState.ISSUED,
    )
    if (earliest := counts_from(rule, today)) is not None:
        counts = sa.and_(counts, Certificate.fulfilled_on >= earliest)
    statement = (
        sa.select(MembershipCopy.association_id, MembershipCopy.person_id, Certificate.level_code)
        .outerjoin(PersonCopy, PersonCopy.person_id == MembershipCopy.person_id)
        .outerjoin(Certificate, counts)
        .where(MembershipCopy.is_current, sa.func.coalesce(PersonCopy.is_active, sa.true()))
    )
    if association_ids is not None:
        statement = statement.where(MembershipCopy.association_id.in_(association_ids))
    return statement
