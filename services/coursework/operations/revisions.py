"""Materials as the office lists and revises them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.coursework.domain.errors import MaterialOutdated
from services.coursework.domain.materials import MaterialKind
from services.coursework.domain.permissions import Permission, require
from services.coursework.models import Material, MaterialVersion
from services.coursework.queries import materials as material_queries
from services.coursework.queries import runs as run_queries
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class MaterialLine:
    """A line of the office's list."""

    material_id: UUID
    module_title: str
    position: int
    kind: MaterialKind
    title: str
    version: int
    created_at: datetime
    has_einfach: bool


def list_for_office(session: Session, *, actor: Actor, level_code: str | None) -> list[MaterialLine]:
    """All materials, module by module. Raises NotPermitted."""
    require(actor, Permission.MATERIAL_REVISE, Facts())
    modules = {m.code: m for m in run_queries.list_all_modules(session) if level_code in (None, m.level_code)}
    lines = [
        MaterialLine(
            material_id=material.id,
            module_title=modules[material.module_code].title,
            position=material.position,
            kind=material.kind,
            title=version.title,
            version=version.version,
            created_at=version.created_at,
            has_einfach=bool(version.text_einfach),
        )
        for material, version in material_queries.list_materials(session, module_codes=modules)
    ]
    order = {module.title: index for index, module in enumerate(modules.values())}
    return sorted(lines, key=lambda line: (order[line.module_title], line.position))


def open_for_office(session: Session, *, actor: Actor, material_id: UUID) -> tuple[Material, MaterialVersion]:
    """A lesson's text for revising. Raises NotPermitted, NotFound."""
    require(actor, Permission.MATERIAL_REVISE, Facts())
    return material_queries.get_material(session, material_id=material_id)


@dataclass(frozen=True)
class Revision:
    """What the office has written: titles and Markdown in both variants."""

    title: str
    title_einfach: str | None
    text: str
    text_einfach: str | None

    @property
    def source_hash(self) -> str:
        """Of everything that a reader would see changed."""
        parts = (self.title, self.title_einfach or "", self.text, self.text_einfach or "")
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def revise_material(
    session: Session, *, actor: Actor, material_id: UUID, revision: Revision, based_on: int, now: datetime
) -> int:
    """Put a new version in force; learners who read an older one see "changed since you read it".

    Saving without a change makes no version. A picture's or PDF's document stays. Raises NotPermitted, NotFound,
    MaterialOutdated.
    """
    require(actor, Permission.MATERIAL_REVISE, Facts())
    material, current = material_queries.lock_material(session, material_id=material_id)
    if material.current_version != based_on:
        raise MaterialOutdated
    if revision == Revision(current.title, current.title_einfach, current.text, current.text_einfach):
        return current.version
    material.current_version += 1
    session.add(_next_version(material, current, revision, actor=actor, now=now))
    audit.record(
        session,
        actor=actor,
        action="coursework:material:revise",
        subject="material",
        subject_id=material.id,
        now=now,
        before={"version": current.version},
        after={"version": material.current_version},
    )
    return material.current_version


def _next_version(
    material: Material, current: MaterialVersion, revision: Revision, *, actor: Actor, now: datetime
) -> MaterialVersion:
    return MaterialVersion(
        id=new_id(),
        material_id=material.id,
        version=material.current_version,
        title=revision.title,
        title_einfach=revision.title_einfach,
        text=revision.text,
        text_einfach=revision.text_einfach,
        document_key=current.document_key,
        document_type=current.document_type,
        document_size=current.document_size,
        source_hash=revision.source_hash,
        created_at=now,
        created_by=actor.person_id,
    )
