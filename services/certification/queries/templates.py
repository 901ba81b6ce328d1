"""Versions of certificate templates."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from services.certification.domain.templates import Alignment, ShownResult, TemplateState, Wording
from services.certification.models import CertificateTemplate
from shared.kernel.errors import NotFound


def list_newest_templates(session: Session, *, level_codes: Collection[str]) -> dict[str, CertificateTemplate]:
    """The newest published version of each of these levels, by level code; levels without one are left out."""
    statement = (
        sa.select(CertificateTemplate)
        .where(CertificateTemplate.level_code.in_(level_codes), CertificateTemplate.state == TemplateState.PUBLISHED)
        .ext(distinct_on(CertificateTemplate.level_code))
        .order_by(CertificateTemplate.level_code, CertificateTemplate.version.desc())
    )
    return {template.level_code: template for template in session.scalars(statement)}


def get_template(session: Session, *, level_code: str, version: int) -> CertificateTemplate:
    """One version. Raises NotFound."""
    template = session.get(CertificateTemplate, (level_code, version))
    if template is None:
        raise NotFound(kind="template")
    return template


def list_templates(session: Session, *, level_code: str) -> list[CertificateTemplate]:
    """All versions of a level, the newest first."""
    statement = sa.select(CertificateTemplate).where(CertificateTemplate.level_code == level_code)
    return list(session.scalars(statement.order_by(CertificateTemplate.version.desc())))


def lock_draft(session: Session, *, level_code: str) -> CertificateTemplate | None:
    """The draft of a level, locked."""
    statement = sa.select(CertificateTemplate).where(
        CertificateTemplate.level_code == level_code, CertificateTemplate.state == TemplateState.DRAFT
    )
    return session.scalars(statement.with_for_update()).one_or_none()


def wording_of(template: CertificateTemplate) -> Wording:
    """What a version decides."""
    return Wording(
        title=template.title,
        sheet_text=template.sheet_text,
        description=template.description,
        criteria=template.criteria,
        shows_units=template.shows_units,
        shows_modules=template.shows_modules,
        shown_results=tuple(ShownResult(result) for result in template.shown_results),
        alignments=tuple(Alignment.from_values(values) for values in template.alignments),
        languages=tuple(template.languages),
    )
