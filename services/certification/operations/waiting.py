"""Places with both facts and no certificate: what each of them waits for, so that nobody is forgotten."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.certification.domain.batches import Outcome
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.models import LevelCompletion, PersonCopy
from services.certification.operations.issuing.grounds import is_usable
from services.certification.queries.completions import list_waiting_completions
from services.certification.queries.people import people_of
from services.certification.queries.programme import levels_of, runs_of
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

_SHOWN = 200


@dataclass(frozen=True)
class WaitingPlace:
    """One place, and what is missing; None where nothing is, and the next batch will issue it."""

    completion: LevelCompletion
    full_name: str | None
    run_title: str | None
    missing: Outcome | None


def list_waiting(session: Session, *, actor: Actor) -> list[WaitingPlace]:
    """What the office looks at, the longest waiting first."""
    require(PERMISSIONS, actor, Permission.BATCH_RUN, Facts())
    completions = list_waiting_completions(session, limit=_SHOWN)
    people = people_of(session, person_ids={completion.person_id for completion in completions})
    levels = levels_of(session, codes={completion.level_code for completion in completions})
    runs = runs_of(session, run_ids={completion.run_id for completion in completions})

    def missing(completion: LevelCompletion) -> Outcome | None:
        person = people.get(completion.person_id)
        if person is None:
            return Outcome.PERSON_MISSING
        if not is_usable(person.full_name):
            return Outcome.NAME_UNUSABLE
        if completion.level_code not in levels:
            return Outcome.LEVEL_MISSING
        return None if completion.run_id in runs else Outcome.RUN_MISSING

    return [
        WaitingPlace(
            completion=completion,
            full_name=_shown_name(people.get(completion.person_id)),
            run_title=runs[completion.run_id].title if completion.run_id in runs else None,
            missing=missing(completion),
        )
        for completion in completions
    ]


def _shown_name(person: PersonCopy | None) -> str | None:
    """The name without what a page cannot hold."""
    return "".join(letter for letter in person.full_name if letter.isprintable()) if person else None
