"""Grading: claim a submission, keep a draft, decide, correct."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.errors import SubmissionSuperseded
from services.coursework.domain.gradings import (
    CLAIM_FOR,
    FEEDBACK_LIMIT,
    OUTCOME_STATES,
    Outcome,
    read_rubric,
    require_claimable,
    require_releasable,
)
from services.coursework.domain.permissions import Permission, require_or_hide
from services.coursework.domain.submissions import SUBMISSION_TRANSITIONS, SubmissionState
from services.coursework.models import Grading, Submission
from services.coursework.operations.results import settle_level
from services.coursework.queries import assignments as assignment_queries
from services.coursework.queries import gradings as grading_queries
from services.coursework.queries.places import lock_place
from shared.contracts.coursework import SubmissionGraded
from shared.db import audit
from shared.kernel.actor import Actor, Role
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts
from shared.messaging import outbox


def claim_submission(session: Session, *, actor: Actor, submission_id: UUID, now: datetime) -> Submission:
    """Hold a submission for grading, so that no other trainer begins it; whoever holds it renews.

    Raises NotFound, SubmissionClaimed, TransitionRefused where it is not waiting.
    """
    submission = _lock_for_grading(session, actor=actor, submission_id=submission_id)
    _require_waiting(submission)
    _hold(submission, actor=actor, now=now)
    return submission


def claim_next(session: Session, *, actor: Actor, besides: UUID | None, now: datetime) -> UUID | None:
    """Hold the oldest submission of the actor's runs that waits and is free; None where nothing waits.

    `besides` is passed over and given back to the queue: the one from which the trainer comes.
    """
    if besides is not None:
        release_claim(session, actor=actor, submission_id=besides)
    submission_id = grading_queries.find_next_in_queue(
        session, run_ids=actor.scope_ids(Role.TRAINER), grader_id=_person(actor), besides=besides, now=now
    )
    if submission_id is not None:
        claim_submission(session, actor=actor, submission_id=submission_id, now=now)
    return submission_id


def release_claim(session: Session, *, actor: Actor, submission_id: UUID) -> None:
    """Let others grade a submission that the actor holds. Raises NotFound."""
    submission = _lock_for_grading(session, actor=actor, submission_id=submission_id)
    if submission.claimed_by == actor.person_id:
        submission.claimed_by = submission.claimed_until = None


def save_draft(
    session: Session,
    *,
    actor: Actor,
    submission_id: UUID,
    chosen: Mapping[str, str],
    feedback: str | None,
    now: datetime,
) -> Grading:
    """Keep a draft: chosen levels are added to those kept, feedback replaces what was there unless it is None.

    Renews the claim. Raises NotFound, SubmissionClaimed, TransitionRefused.
    """
    submission = _lock_for_grading(session, actor=actor, submission_id=submission_id)
    _require_waiting(submission)
    _hold(submission, actor=actor, now=now)
    grading = _draft_of(session, submission=submission, actor=actor, now=now)
    rubric = read_rubric(grading.rubric)
    grading.chosen = rubric.known_choices({**grading.chosen, **chosen})
    grading.points = rubric.points(grading.chosen)
    if feedback is not None:
        grading.feedback = feedback.replace("\r\n", "\n").replace("\x00", "")[:FEEDBACK_LIMIT]
    grading.grader_id = _person(actor)
    grading.revision += 1
    grading.saved_at = now
    return grading


def release_grading(session: Session, *, actor: Actor, submission_id: UUID, outcome: Outcome, now: datetime) -> Grading:
    """Decide with the draft as it is kept: accept the submission or return it for another round; settle the level.

    Raises NotFound, SubmissionClaimed, RubricIncomplete, FeedbackMissing, TransitionRefused.
    Events: SubmissionGraded; LevelPassed where this was the last that lacked.
    """
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    _require_trainer(actor, submission)
    # The place before the submission, in the same order as everywhere: two trainers at once wait, and do not deadlock.
    place = lock_place(session, place_id=submission.place_id)
    submission = _lock_for_grading(session, actor=actor, submission_id=submission_id)
    _require_waiting(submission)
    _hold(submission, actor=actor, now=now)
    grading = _draft_of(session, submission=submission, actor=actor, now=now)
    rubric = read_rubric(grading.rubric)
    require_releasable(rubric, chosen=grading.chosen, feedback=grading.feedback, outcome=outcome)
    submission.state = SUBMISSION_TRANSITIONS.check(submission.state, OUTCOME_STATES[outcome])
    submission.claimed_by = submission.claimed_until = None
    grading.outcome = outcome
    grading.released_at = now
    grading.grader_id = _person(actor)
    audit.record(
        session,
        actor=actor,
        action="coursework:grading:release",
        subject="submission",
        subject_id=submission.id,
        now=now,
        after={"outcome": outcome.value, "points": grading.points},
    )
    _tell(session, submission=submission, outcome=outcome, now=now)
    settle_level(session, place=place, now=now)
    return grading


def reopen_grading(session: Session, *, actor: Actor, submission_id: UUID, now: datetime) -> Submission:
    """Correct a decision: the submission waits again, with the earlier grading as the new draft; settle the level.

    Raises NotFound, SubmissionSuperseded once the learner works on a newer version, TransitionRefused.
    Event: LevelReopened where the level had been passed.
    """
    submission = assignment_queries.get_submission(session, submission_id=submission_id)
    _require_trainer(actor, submission)
    place = lock_place(session, place_id=submission.place_id)
    submission = _lock_for_grading(session, actor=actor, submission_id=submission_id)
    versions = assignment_queries.list_submissions(
        session, place_id=submission.place_id, assignment_id=submission.assignment_id
    )
    if versions[-1].id != submission.id:
        raise SubmissionSuperseded
    before = submission.state
    if before is SubmissionState.DRAFT:
        raise NotFound(kind="submission")
    submission.state = SUBMISSION_TRANSITIONS.check(before, SubmissionState.SUBMITTED)
    _withdraw(session, submission=submission, actor=actor, now=now)
    audit.record(
        session,
        actor=actor,
        action="coursework:grading:reopen",
        subject="submission",
        subject_id=submission.id,
        now=now,
        before={"state": before.value},
        after={"state": submission.state.value},
    )
    settle_level(session, place=place, now=now)
    return submission


def _withdraw(session: Session, *, submission: Submission, actor: Actor, now: datetime) -> None:
    earlier = grading_queries.find_grading(session, submission_id=submission.id)
    if earlier is None:
        return
    earlier.withdrawn_at = now
    session.flush()  # One grading counts at a time: the old one must step back before the new one is added.
    session.add(
        Grading(
            id=new_id(),
            submission_id=submission.id,
            grader_id=_person(actor),
            rubric=earlier.rubric,
            chosen=dict(earlier.chosen),
            points=earlier.points,
            max_points=earlier.max_points,
            feedback=earlier.feedback,
            revision=1,
            saved_at=now,
        )
    )


def _lock_for_grading(session: Session, *, actor: Actor, submission_id: UUID) -> Submission:
    submission = assignment_queries.lock_submission(session, submission_id=submission_id)
    _require_trainer(actor, submission)
    return submission


def _require_trainer(actor: Actor, submission: Submission) -> None:
    """A draft is the learner's alone: for trainers it does not exist yet."""
    facts = Facts(run_id=submission.run_id)
    require_or_hide(actor, Permission.SUBMISSION_GRADE, facts, kind="submission")
    if submission.state is SubmissionState.DRAFT:
        raise NotFound(kind="submission")


def _require_waiting(submission: Submission) -> None:
    if submission.state is not SubmissionState.SUBMITTED:
        SUBMISSION_TRANSITIONS.check(submission.state, SubmissionState.RETURNED)
        raise SubmissionSuperseded


def _hold(submission: Submission, *, actor: Actor, now: datetime) -> None:
    require_claimable(
        grader_id=_person(actor),
        claimed_by=submission.claimed_by,
        claimed_until=submission.claimed_until,
        now=now,
    )
    submission.claimed_by = _person(actor)
    submission.claimed_until = now + CLAIM_FOR


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise NotFound(kind="submission")
    return actor.person_id


def _draft_of(session: Session, *, submission: Submission, actor: Actor, now: datetime) -> Grading:
    grading = grading_queries.find_grading(session, submission_id=submission.id)
    if grading is not None:
        return grading
    assignment = assignment_queries.get_assignment(session, assignment_id=submission.assignment_id)
    grading = Grading(
        id=new_id(),
        submission_id=submission.id,
        grader_id=_person(actor),
        rubric=assignment.rubric,
        chosen={},
        points=0,
        max_points=read_rubric(assignment.rubric).max_points,
        feedback="",
        revision=0,
        saved_at=now,
    )
    session.add(grading)
    return grading


def _tell(session: Session, *, submission: Submission, outcome: Outcome, now: datetime) -> None:
    graded = SubmissionGraded(
        submission_id=submission.id,
        run_id=submission.run_id,
        person_id=submission.person_id,
        is_accepted=outcome is Outcome.ACCEPTED,
    )
    outbox.append(session, graded, now=now)
