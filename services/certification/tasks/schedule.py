"""Periodic doors: status lists are signed anew and published, passes end in time, the shared tables are swept."""

from celery import shared_task

from services.certification.operations import keys, passes, publishing, registers, status
from services.certification.operations.seals import seal_of
from services.certification.tasks.timetable import KEEP_KEYS, KEEP_WEIGHING, PUBLISH_LISTS, SIGN_LISTS, WEIGH_PASSES
from shared.contracts.services import Service
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction
from shared.worker.schedule import sweep_task

sweep = sweep_task(Service.CERTIFICATION)


@shared_task(name=KEEP_KEYS)
def keep_keys() -> None:
    """Record the first key of every purpose, so that it is known before it signs."""
    seal = seal_of(resources().settings)
    with transaction() as session:
        keys.ensure_keys(session, seal=seal, now=utc_now())


@shared_task(name=SIGN_LISTS)
def sign_lists() -> None:
    """Sign anew every status list that is a night old."""
    seal = seal_of(resources().settings)
    with transaction() as session:
        status.sign_due_lists(session, seal=seal, now=utc_now())


@shared_task(name=PUBLISH_LISTS)
def publish_lists() -> None:
    """Put every status list in its place that is not there: after a start, a lost folder, a full disk."""
    with transaction() as session:
        publishing.publish_missing(
            session, folder=resources().settings.public_folder, documents=resources().documents, now=utc_now()
        )


@shared_task(name=WEIGH_PASSES)
def weigh_passes() -> None:
    """Suspend and end what has run out, remind boards, forget entries that nobody may see any more."""
    now = utc_now()
    with transaction() as session:
        passes.weigh_what_has_run_out(session, now=now)
    with transaction() as session:
        passes.remind_boards(session, now=now)
    with transaction() as session:
        registers.forget_hidden_multipliers(session)


@shared_task(name=KEEP_WEIGHING)
def keep_weighing() -> None:
    """Weigh all associations by a rule whose first day has come, and let a weighing that stands still go on."""
    with transaction() as session:
        passes.keep_weighing(session, now=utc_now())
