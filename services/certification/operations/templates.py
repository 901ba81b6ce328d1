"""Templates of certificates: a draft that the office writes, versions that never change once they are published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.domain.credential import Achievement
from services.certification.domain.errors import DraftMissing
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.templates import (
    TEMPLATE_TRANSITIONS,
    Difference,
    TemplateState,
    Wording,
    check_wording,
    compare,
)
from services.certification.models import CertificateTemplate, LevelCopy
from services.certification.operations.achievements import LevelWords, describe_achievement
from services.certification.operations.issuing.grounds import ensure_first_templates, words_of
from services.certification.queries.programme import get_level, list_levels
from services.certification.queries.templates import (
    get_template,
    list_newest_templates,
    list_templates,
    lock_draft,
    wording_of,
)
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require


@dataclass(frozen=True)
class LevelTemplates:
    """A level with all versions of its template, the newest first."""

    level: LevelCopy
    versions: list[CertificateTemplate]

    @property
    def draft(self) -> CertificateTemplate | None:
        """The version that is being written."""
        return next((one for one in self.versions if one.state is TemplateState.DRAFT), None)

    @property
    def counting(self) -> CertificateTemplate | None:
        """The version that new certificates are made with."""
        return next((one for one in self.versions if one.state is TemplateState.PUBLISHED), None)


@dataclass(frozen=True)
class TemplatePreview:
    """One version as it would look today, and what it says differently from the one before."""

    template: CertificateTemplate
    words: LevelWords
    wording: Wording
    achievement: Achievement
    differences: tuple[Difference, ...]


def list_level_templates(session: Session, *, actor: Actor) -> list[tuple[LevelCopy, CertificateTemplate | None]]:
    """Every level with the version that counts; none where nothing was issued or edited yet."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    levels = list_levels(session)
    newest = list_newest_templates(session, level_codes=[level.code for level in levels])
    return [(level, newest.get(level.code)) for level in levels]


def read_templates(session: Session, *, actor: Actor, level_code: str) -> LevelTemplates:
    """One level with its versions. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    level = get_level(session, code=level_code)
    return LevelTemplates(level=level, versions=list_templates(session, level_code=level.code))


def save_draft(
    session: Session, *, actor: Actor, level_code: str, wording: Wording, now: datetime
) -> CertificateTemplate:
    """Write the draft of a level's next version, or write it anew. Raises NotFound, and what `check_wording` raises."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    level = get_level(session, code=level_code)
    checked = check_wording(wording)
    draft = lock_draft(session, level_code=level.code)
    if draft is None:
        ensure_first_templates(session, level_codes=[level.code], now=now)
        versions = list_templates(session, level_code=level.code)
        draft = CertificateTemplate(level_code=level.code, version=versions[0].version + 1, state=TemplateState.DRAFT)
        session.add(draft)
    for name, value in checked.to_values().items():
        setattr(draft, name, value)
    draft.saved_at, draft.saved_by_id = now, actor.person_id
    session.flush()
    return draft


def discard_draft(session: Session, *, actor: Actor, level_code: str) -> None:
    """Throw the draft away. Raises DraftMissing."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    session.delete(_draft_of(session, level_code))


def publish_draft(session: Session, *, actor: Actor, level_code: str, now: datetime) -> CertificateTemplate:
    """Let the draft count for certificates that are issued from now on. Raises DraftMissing, TextRefused."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    draft = _draft_of(session, level_code)
    check_wording(wording_of(draft))
    draft.state = TEMPLATE_TRANSITIONS.check(draft.state, TemplateState.PUBLISHED)
    draft.published_at, draft.published_by_id = now, actor.person_id
    audit.record(
        session,
        actor=actor,
        action=Permission.TEMPLATE_CHANGE,
        subject="certificate_template",
        subject_id=uuid5(NAMESPACE_URL, f"{level_code}/{draft.version}"),
        now=now,
        after=_facts(draft),
    )
    return draft


def preview_template(session: Session, *, actor: Actor, level_code: str, version: int, seal: Seal) -> TemplatePreview:
    """One version in the level's present words. Raises NotFound."""
    require(PERMISSIONS, actor, Permission.TEMPLATE_CHANGE, Facts())
    level = get_level(session, code=level_code)
    template = get_template(session, level_code=level.code, version=version)
    words = words_of(level, template)
    before = session.get(CertificateTemplate, (level.code, version - 1))
    return TemplatePreview(
        template=template,
        words=words,
        wording=words.wording.filled(level_title=words.title, units=words.units),
        achievement=describe_achievement(words, seal=seal),
        differences=compare(wording_of(before), words.wording) if before else (),
    )


def _draft_of(session: Session, level_code: str) -> CertificateTemplate:
    draft = lock_draft(session, level_code=level_code)
    if draft is None:
        raise DraftMissing
    return draft


def _facts(template: CertificateTemplate) -> dict[str, Any]:
    return {"level_code": template.level_code, "version": template.version}
