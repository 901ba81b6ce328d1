"""The assignment of a module."""

from typing import Any

from sqlalchemy.orm import Session

from services.coursework.adapters.seed_content import source_hash
from services.coursework.domain.gradings import read_rubric
from services.coursework.domain.uploads import CONTENT_TYPES, FileType
from services.coursework.models import Assignment
from services.coursework.queries import assignments as assignment_queries
from shared.kernel.ids import new_id

_TYPES = {content_type: file_type for file_type, content_type in CONTENT_TYPES.items()}


def ensure_assignment(session: Session, *, code: str, source: dict[str, Any]) -> int:
    """Have the assignment as this source describes it; 1 where that was news.

    An assignment has no versions: gradings keep the rubric that they began with.
    """
    known = source_hash(source)
    assignment = assignment_queries.list_assignments(session, module_codes=[code]).get(code)
    if assignment is not None and assignment.source_hash == known:
        return 0
    if assignment is None:
        assignment = Assignment(id=new_id(), module_code=code)
        session.add(assignment)
    rubric = {"criteria": source["rubric"]}
    read_rubric(rubric)  # A rubric of another shape must stop here, not on a trainer's page.
    accepted = [_TYPES[content_type] for content_type in source.get("accepted_types", _TYPES)]
    assignment.title = source["title"]
    assignment.title_einfach = source.get("title_einfach")
    assignment.text = source["task"]
    assignment.text_einfach = source.get("task_einfach")
    assignment.rubric = rubric
    assignment.pass_points = source.get("pass_points")
    assignment.expected_minutes = source.get("expected_minutes")
    # Whoever takes a photo as JPEG takes it as WebP too; some phones save nothing else.
    webp = [FileType.WEBP] if FileType.JPEG in accepted and FileType.WEBP not in accepted else []
    assignment.accepted_types = [file_type.value for file_type in accepted + webp]
    assignment.source_hash = known
    return 1
