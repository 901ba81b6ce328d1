"""Materials: opened and read by learners, revised by the office."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.coursework.adapters import lessons
from services.coursework.domain.errors import MaterialOutdated
from services.coursework.domain.languages import Variant, choose, variant_for
from services.coursework.domain.materials import MaterialKind, ReadingState
from services.coursework.domain.permissions import Permission, require
from services.coursework.domain.steps import Step, neighbours
from services.coursework.domain.uploads import GET_VALID_FOR
from services.coursework.models import GlossaryTerm, Material, MaterialReading, MaterialVersion, ModuleCopy, RunCopy
from services.coursework.operations.places import enter_own_place, enter_run
from services.coursework.operations.steps import list_steps
from services.coursework.queries import materials as material_queries
from services.coursework.queries import runs as run_queries
from shared.db import audit
from shared.documents import Disposition, Documents
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts


@dataclass(frozen=True)
class Word:
    """A word of the lesson with its explanation in the reader's language."""

    term: str
    explanation: str


@dataclass(frozen=True)
class OpenMaterial:
    """A material as one reader sees it. `html` is clean; `document_url` works for half an hour."""

    run: RunCopy
    module: ModuleCopy
    material: Material
    version: MaterialVersion
    title: str
    html: str
    reading: ReadingState | None
    document_url: str | None
    download_url: str | None
    words: Sequence[Word]
    previous: Step | None
    next: Step | None
    position: int
    total: int


def open_material(
    session: Session,
    *,
    documents: Documents,
    actor: Actor,
    run_id: UUID,
    material_id: UUID,
    language: str,
    now: datetime,
) -> OpenMaterial:
    """A material in the reader's variant of German, and a note that a learner has opened this version.

    `reading` says how it stood before. Raises NotFound.
    """
    entry = enter_run(session, actor=actor, run_id=run_id)
    material, version = material_queries.get_material(session, material_id=material_id)
    module = run_queries.get_module(session, level_code=entry.run.level_code, code=material.module_code)
    variant = variant_for(language)
    [per_module] = list_steps(
        session, modules=[module], level_code=entry.run.level_code, place=entry.place, variant=variant
    )
    current = next(step for step in per_module.steps if step.material_id == material.id)
    before, after = neighbours(per_module.steps, current)
    if entry.place is not None:
        _note_opened(session, person_id=entry.place.person_id, material=material, now=now)
    text = choose(version.text, version.text_einfach, variant=variant)
    return OpenMaterial(
        run=entry.run,
        module=module,
        material=material,
        version=version,
        title=current.title,
        html=lessons.render(text),
        reading=current.reading,
        document_url=_address(version, documents=documents, disposition=Disposition.INLINE),
        download_url=_address(version, documents=documents, disposition=Disposition.ATTACHMENT),
        words=_words(session, text=text, language=language, variant=variant),
        previous=before,
        next=after,
        position=list(per_module.steps).index(current) + 1,
        total=len(per_module.steps),
    )


def _address(version: MaterialVersion, *, documents: Documents, disposition: Disposition) -> str | None:
    if version.document_key is None:
        return None
    extension = version.document_key.rsplit(".", 1)[-1]
    return documents.presigned_get(
        version.document_key,
        filename=f"{version.title}.{extension}",
        content_type=version.document_type or "application/octet-stream",
        expires_in=int(GET_VALID_FOR.total_seconds()),
        disposition=disposition,
    )


def _words(session: Session, *, text: str, language: str, variant: Variant) -> list[Word]:
    terms = {term.term: term for term in material_queries.list_glossary(session)}
    return [
        Word(term=word, explanation=_explain(terms[word], language, variant)) for word in lessons.words_in(text, terms)
    ]


def _explain(term: GlossaryTerm, language: str, variant: Variant) -> str:
    translated = term.translations.get(language)
    return str(translated) if translated else choose(term.explanation, term.explanation_einfach, variant=variant)


def _note_opened(session: Session, *, person_id: UUID, material: Material, now: datetime) -> None:
    statement = insert(MaterialReading).values(
        person_id=person_id, material_id=material.id, opened_version=material.current_version, opened_at=now
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "material_id"],
            set_={"opened_version": material.current_version, "opened_at": now},
        )
    )


def mark_read(
    session: Session, *, actor: Actor, run_id: UUID, material_id: UUID, version: int, now: datetime
) -> Step | None:
    """Note that a learner has read that version; the step after it. Raises NotFound."""
    run, place = enter_own_place(session, actor=actor, run_id=run_id)
    material, _ = material_queries.get_material(session, material_id=material_id)
    module = run_queries.get_module(session, level_code=run.level_code, code=material.module_code)
    read = max(1, min(version, material.current_version))
    statement = insert(MaterialReading).values(
        person_id=place.person_id,
        material_id=material.id,
        opened_version=read,
        opened_at=now,
        read_version=read,
        read_at=now,
    )
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["person_id", "material_id"], set_={"read_version": read, "read_at": now}
        )
    )
    [per_module] = list_steps(session, modules=[module], level_code=run.level_code, place=place, variant=Variant.GERMAN)
    current = next(step for step in per_module.steps if step.material_id == material.id)
    return neighbours(per_module.steps, current)[1]


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
    if (current.title, current.title_einfach, current.text, current.text_einfach) == (
        revision.title,
        revision.title_einfach,
        revision.text,
        revision.text_einfach,
    ):
        return current.version
    material.current_version += 1
    session.add(
        MaterialVersion(
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
    )
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
