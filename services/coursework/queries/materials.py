"""Materials, their versions, who read them; the words that lessons explain."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.coursework.models import GlossaryTerm, Material, MaterialReading, MaterialVersion, ModuleContent
from shared.kernel.errors import NotFound


def list_materials(session: Session, *, module_codes: Iterable[str]) -> list[tuple[Material, MaterialVersion]]:
    """Materials of modules with their current versions, in the order of the modules' steps."""
    statement = (
        select(Material, MaterialVersion)
        .join(
            MaterialVersion,
            (MaterialVersion.material_id == Material.id) & (MaterialVersion.version == Material.current_version),
        )
        .where(Material.module_code.in_(list(module_codes)))
        .order_by(Material.module_code, Material.position)
    )
    return [(material, version) for material, version in session.execute(statement)]


def get_material(session: Session, *, material_id: UUID) -> tuple[Material, MaterialVersion]:
    """The material with its current version, or NotFound."""
    material = session.get(Material, material_id)
    if material is None:
        raise NotFound(kind="material")
    return material, _current(session, material)


def lock_material(session: Session, *, material_id: UUID) -> tuple[Material, MaterialVersion]:
    """Like `get_material`, with the material's row locked for a new version."""
    material = session.scalar(select(Material).where(Material.id == material_id).with_for_update())
    if material is None:
        raise NotFound(kind="material")
    return material, _current(session, material)


def _current(session: Session, material: Material) -> MaterialVersion:
    return session.scalars(
        select(MaterialVersion).where(
            MaterialVersion.material_id == material.id, MaterialVersion.version == material.current_version
        )
    ).one()


def find_material_at(session: Session, *, module_code: str, position: int) -> Material | None:
    """The material at a position of a module."""
    return session.scalar(select(Material).where(Material.module_code == module_code, Material.position == position))


def find_version_by_source(session: Session, *, material_id: UUID, source_hash: str) -> MaterialVersion | None:
    """The version that was made of this very source, at whatever time."""
    statement = select(MaterialVersion).where(
        MaterialVersion.material_id == material_id, MaterialVersion.source_hash == source_hash
    )
    return session.scalar(statement.limit(1))


def list_readings(session: Session, *, person_id: UUID, material_ids: Iterable[UUID]) -> dict[UUID, MaterialReading]:
    """What a person has opened and read, by material."""
    statement = select(MaterialReading).where(
        MaterialReading.person_id == person_id, MaterialReading.material_id.in_(list(material_ids))
    )
    return {reading.material_id: reading for reading in session.scalars(statement)}


def list_contents(session: Session, *, module_codes: Iterable[str]) -> dict[str, ModuleContent]:
    """What stands before the first lesson, by module."""
    statement = select(ModuleContent).where(ModuleContent.module_code.in_(list(module_codes)))
    return {content.module_code: content for content in session.scalars(statement)}


def list_glossary(session: Session) -> list[GlossaryTerm]:
    """All explained words."""
    return list(session.scalars(select(GlossaryTerm).order_by(GlossaryTerm.term)))
