"""Publishing of status lists: a file that the gateway serves by itself, and a copy in S3 for when it is missing.

What counts is the signed form in the database. A list that could not be published is told to operators and tried again
every minute, and whenever it is signed anew; until then the service answers for it.
"""

from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.public_folder import read_public, write_public
from services.certification.domain.status import StatusPurpose, content_type_of, served_at
from services.certification.models import StatusList
from services.certification.queries.status import get_list, list_all_lists, read_list_to_publish
from shared.documents import DOCUMENTS_AWAY, DocumentMissing, Documents
from shared.kernel.errors import NotFound
from shared.observability.logs import get_logger

logger = get_logger(__name__)


def publish_list(
    session: Session, *, status_list_id: UUID, folder: Path, documents: Documents, now: datetime
) -> str | None:
    """Put a list where it is served, as it stands now; None, or what is wrong with one of its two places.

    One at a time for each list, so that an older form never comes after a newer one.
    """
    status_list = read_list_to_publish(session, status_list_id=status_list_id)
    return _publish(status_list, folder=folder, documents=documents, now=now)


def publish_missing(session: Session, *, folder: Path, documents: Documents, now: datetime) -> list[str]:
    """Publish each list that does not lie where it is served, letter for letter; the codes of those that still fail."""
    failed = []
    for status_list_id in list_all_lists(session):
        status_list = read_list_to_publish(session, status_list_id=status_list_id)
        if _is_published(status_list, folder):
            continue
        if _publish(status_list, folder=folder, documents=documents, now=now) is not None:
            failed.append(status_list.code)
    return failed


def read_published(session: Session, *, code: str) -> str:
    """The signed form of a list of certificates or passes. Raises NotFound."""
    status_list = get_list(session, code=code)
    if status_list.purpose is StatusPurpose.WALLET:
        raise NotFound(kind="status_list")  # Those have an address of their own.
    return status_list.document


def find_copy(documents: Documents, *, purpose: StatusPurpose, code: str) -> str | None:
    """The copy of a list in S3, for when the database is away; None where there is none, or S3 is away too."""
    if not code.isascii() or not code.isalnum():
        return None
    try:
        return documents.get(_key_of(purpose, code)).decode()
    except DocumentMissing:
        return None
    except DOCUMENTS_AWAY:
        return None


def _is_published(status_list: StatusList, folder: Path) -> bool:
    if status_list.published_at is None or status_list.publication_problem is not None:
        return False
    return read_public(folder, served_at(status_list.purpose, status_list.code)) == status_list.document.encode()


def _publish(status_list: StatusList, *, folder: Path, documents: Documents, now: datetime) -> str | None:
    content, place = status_list.document.encode(), served_at(status_list.purpose, status_list.code)
    problems = []
    try:
        write_public(folder, place, content)
    except OSError as error:
        problems.append(f"folder: {error.strerror or type(error).__name__}")
    try:
        key = _key_of(status_list.purpose, status_list.code)
        documents.put(key, content, content_type=content_type_of(status_list.purpose))
    except DOCUMENTS_AWAY as error:
        problems.append(f"S3: {type(error).__name__}")
    problem = "; ".join(problems) or None
    if problem is None:
        status_list.published_at = now
    else:
        logger.error("status_list_not_published", code=status_list.code, problem=problem)
    status_list.publication_problem = problem
    return problem


def _key_of(purpose: StatusPurpose, code: str) -> str:
    return f"public/{served_at(purpose, code)}"
