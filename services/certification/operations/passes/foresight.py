"""What a rule makes of associations: asked for by the nightly weighing, and by the office before it sets a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from services.certification.domain.passes import PassRule, PassStanding, Weighed, standing, weigh
from services.certification.models import AssociationCopy, AssociationPass
from services.certification.queries.passes import passes_of
from services.certification.queries.standings import standings_of
from services.certification.queries.weighings import list_weighable_associations


@dataclass(frozen=True)
class Foreseen:
    """One association: its pass as it is, and as it would be."""

    association: AssociationCopy
    held: AssociationPass | None
    standing: PassStanding
    before: Weighed | None
    after: Weighed | None

    @property
    def changes(self) -> bool:
        """Whether the pass would be another than it is."""
        return self.before != self.after


def foresee_all(session: Session, *, rule: PassRule, today: date) -> list[Foreseen]:
    """Every association with members or a pass, weighed by a rule; nothing is locked and nothing changes."""
    return foresee(session, list_weighable_associations(session), rule=rule, today=today, is_whole=True)


def foresee(
    session: Session, associations: Sequence[AssociationCopy], *, rule: PassRule, today: date, is_whole: bool = False
) -> list[Foreseen]:
    """These associations, weighed by a rule: two queries, however many they are (`is_whole`: they are all)."""
    ids = None if is_whole else [association.association_id for association in associations]
    held = passes_of(session, association_ids=ids)
    standings = standings_of(session, rule=rule, association_ids=ids, today=today)
    nobody = standing(rule, {})
    return [
        _foresee_one(
            association,
            held.get(association.association_id),
            standings.get(association.association_id, nobody),
            today=today,
        )
        for association in associations
    ]


def _foresee_one(
    association: AssociationCopy, held: AssociationPass | None, weighed: PassStanding, *, today: date
) -> Foreseen:
    before = Weighed(held.state, grace_until=held.grace_until) if held else None
    after = weigh(
        before,
        weighed.rule,
        valid_until=held.valid_until if held else None,
        is_active=association.is_active,
        conditions_met=weighed.is_met,
        today=today,
    )
    return Foreseen(association=association, held=held, standing=weighed, before=before, after=after)
