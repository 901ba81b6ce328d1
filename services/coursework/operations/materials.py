"""Materials as learners open and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.coursework.adapters import lessons
from services.coursework.domain.languages import Variant, choose, variant_for
from services.coursework.domain.materials import ReadingState
from services.coursework.domain.steps import Step, neighbours
from services.coursework.domain.uploads import GET_VALID_FOR
from services.coursework.models import (
    GlossaryTerm,
    Material,
    MaterialReading,
    MaterialVersion,
    ModuleCopy,
    PlaceCopy,
    RunCopy,
)
from services.coursework.operations.places import enter_own_place, enter_run
from services.coursework.operations.steps import list_steps
from services.coursework.queries import materials as material_queries
from services.coursework.queries import runs as run_queries
from shared.documents import Disposition, Documents
from shared.kernel.actor import Actor


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
    html: Markup
    reading: ReadingState | None
    document_url: str | None
    download_url: str | None
    words: Sequence[Word]
    steps: Sequence[Step]
    current: Step

    @property
    def previous(self) -> Step | None:
        """The step before this one."""
        return neighbours(self.steps, self.current)[0]

    @property
    def next(self) -> Step | None:
        """The step after this one."""
        return neighbours(self.steps, self.current)[1]

    @property
    def position(self) -> int:
        """Which step of its module this is, counted from 1."""
        return list(self.steps).index(self.current) + 1


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
    steps = _steps(session, module=module, place=entry.place, variant=variant)
    current = next(step for step in steps if step.material_id == material.id)
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
        steps=steps,
        current=current,
    )


def _steps(session: Session, *, module: ModuleCopy, place: PlaceCopy | None, variant: Variant) -> list[Step]:
    [found] = list_steps(session, modules=[module], level_code=module.level_code, place=place, variant=variant)
    return list(found.steps)


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
    steps = _steps(session, module=module, place=place, variant=Variant.GERMAN)
    return neighbours(steps, next(step for step in steps if step.material_id == material.id))[1]
