"""Lessons, drawings and handouts of a module."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.coursework.adapters.figures import check_figure
from services.coursework.adapters.handouts import TEMPLATE_VERSION, print_handout
from services.coursework.adapters.seed_content import FIGURE_POSITION, TextSource, source_hash
from services.coursework.domain.materials import MaterialKind
from services.coursework.models import Material, MaterialVersion
from services.coursework.queries import materials as material_queries
from shared.documents import Documents
from shared.kernel.ids import new_id


@dataclass(frozen=True)
class _Document:
    """What a picture or a PDF consists of."""

    data: bytes
    content_type: str
    extension: str


def ensure_lesson(session: Session, *, code: str, source: TextSource, now: datetime) -> int:
    """Have the lesson in this text; 1 where that was news."""
    material = _material(session, code=code, position=source.position, kind=MaterialKind.TEXT)
    known = source_hash([source.title, source.text, source.title_einfach, source.text_einfach])
    if not _is_news(session, material=material, known=known):
        return 0
    _add_version(session, material=material, source=source, known=known, now=now)
    return 1


def ensure_figure(session: Session, *, documents: Documents, code: str, svg: str, now: datetime) -> int:
    """Have the drawing, with its description as the text for those who do not see it; 1 where that was news."""
    material = _material(session, code=code, position=FIGURE_POSITION, kind=MaterialKind.IMAGE)
    known = source_hash(svg)
    if not _is_news(session, material=material, known=known):
        return 0
    title, description = check_figure(svg)
    source = TextSource(FIGURE_POSITION, title, description, None, None)
    version = _add_version(session, material=material, source=source, known=known, now=now)
    _put(documents, version, lambda: _Document(svg.encode(), "image/svg+xml", "svg"))
    return 1


def ensure_handout(
    session: Session, *, documents: Documents, module: str, code: str, source: TextSource, now: datetime
) -> int:
    """Have the handout as a PDF, with its text for those who read it on a phone; 1 where that was news."""
    material = _material(session, code=code, position=source.position, kind=MaterialKind.PDF)
    known = source_hash([TEMPLATE_VERSION, module, source.title, source.text])
    if not _is_news(session, material=material, known=known):
        return 0
    version = _add_version(session, material=material, source=source, known=known, now=now)
    _put(
        documents,
        version,
        lambda: _Document(
            print_handout(title=source.title, module=module, markdown=source.text), "application/pdf", "pdf"
        ),
    )
    return 1


def _put(documents: Documents, version: MaterialVersion, make: Callable[[], _Document]) -> None:
    document = make()
    version.document_key = f"materials/{version.material_id}/{version.source_hash[:32]}.{document.extension}"
    version.document_type = document.content_type
    version.document_size = len(document.data)
    documents.put(version.document_key, document.data, content_type=document.content_type)


def _material(session: Session, *, code: str, position: int, kind: MaterialKind) -> Material:
    material = material_queries.find_material_at(session, module_code=code, position=position)
    if material is None:
        material = Material(id=new_id(), module_code=code, position=position, kind=kind, current_version=0)
        session.add(material)
        session.flush()  # Versions refer to the material's row.
    return material


def _is_news(session: Session, *, material: Material, known: str) -> bool:
    return material_queries.find_version_by_source(session, material_id=material.id, source_hash=known) is None


def _add_version(
    session: Session, *, material: Material, source: TextSource, known: str, now: datetime
) -> MaterialVersion:
    material.current_version += 1
    version = MaterialVersion(
        id=new_id(),
        material_id=material.id,
        version=material.current_version,
        title=source.title,
        title_einfach=source.title_einfach,
        text=source.text,
        text_einfach=source.text_einfach,
        source_hash=known,
        created_at=now,
        created_by=None,
    )
    session.add(version)
    return version
