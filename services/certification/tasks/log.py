"""The door of the one who grows the trust log."""

from celery import shared_task

from services.certification.operations import log_tree
from services.certification.operations.seals import seal_of
from services.certification.tasks.timetable import GROW_LOG
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction

#: How many transactions one task has; what is left then is taken in by the next one, seconds later.
_ROUNDS = 20


@shared_task(name=GROW_LOG)
def grow_log() -> None:
    """Take what was written since the last time into the tree, and sign its head."""
    seal = seal_of(resources().settings)
    for _ in range(_ROUNDS):
        with transaction() as session:
            taken = log_tree.grow_tree(session, seal=seal, now=utc_now())
        if taken < log_tree.BATCH:
            return
