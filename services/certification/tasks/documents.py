"""Periodic door of documents: what failed or was put off is done now."""

from celery import shared_task

from services.certification.operations import making_documents
from services.certification.operations.seals import seal_of
from services.certification.tasks.timetable import MAKE_DOCUMENTS
from shared.kernel.clock import utc_now
from shared.worker import resources, transaction

#: One call ends after so many, so that other periodic work has its turn.
_MOST_AT_ONCE = 200


@shared_task(name=MAKE_DOCUMENTS)
def make_documents() -> None:
    """Make, or add timestamps to, the documents that are due."""
    seal = seal_of(resources().settings)
    for _ in range(_MOST_AT_ONCE):
        with transaction() as session:
            found = making_documents.make_next_document(
                session, documents=resources().documents, seal=seal, now=utc_now()
            )
        if not found:
            return
