"""Badges of levels and of the pass: the plain picture for everybody, the one with the credential for its holder."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.badges.apart import draw_badge_apart
from services.certification.adapters.badges.baking import bake_png, bake_svg
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.badges import BadgeFace, BadgeForm
from services.certification.operations.certificates import read_certificate
from services.certification.operations.passes.credentials import PASS_CODE, read_pass_credential
from services.certification.queries.programme import find_level, get_level
from shared.kernel.actor import Actor
from shared.kernel.errors import NotFound

_BAKE: Mapping[BadgeForm, Callable[[bytes, str], bytes]] = MappingProxyType(
    {BadgeForm.SVG: bake_svg, BadgeForm.PNG: bake_png}
)


def draw_badge(session: Session, *, code: str, form: BadgeForm) -> bytes:
    """The picture of a level, or of the pass. Raises NotFound."""
    if code == PASS_CODE:
        return draw_badge_apart(_pass_face(), form)
    level = get_level(session, code=code)
    return draw_badge_apart(_level_face(level.title, level.position), form)


def read_badge(session: Session, *, actor: Actor, number: str, form: BadgeForm) -> tuple[bytes, str]:
    """The badge of a certificate with its credential inside, and its file name, for the holder or the office.

    The title is that of the day of issue. Raises NotFound, also where the credential was erased.
    """
    certificate = read_certificate(session, actor=actor, number=number)
    if not certificate.credential:
        raise NotFound(kind="credential")
    name = f"{certificate.level_code}-{certificate.number}.{form}"
    baked = draw_baked_badge(
        session,
        level_code=certificate.level_code,
        level_title=certificate.level_title,
        credential=certificate.credential,
        form=form,
    )
    return baked, name


def read_pass_badge(session: Session, *, actor: Actor, association_id: UUID, form: BadgeForm) -> bytes:
    """The badge of an association's pass with its present credential inside, for its board and the office."""
    present = read_pass_credential(session, actor=actor, association_id=association_id)
    return _BAKE[form](draw_badge_apart(_pass_face(), form), present.credential)


def draw_baked_badge(session: Session, *, level_code: str, level_title: str, credential: str, form: BadgeForm) -> bytes:
    """The badge of a level with a credential inside: the same bytes each time."""
    level = find_level(session, code=level_code)
    picture = draw_badge_apart(_level_face(level_title, level.position if level else 1), form)
    return _BAKE[form](picture, credential)


def _level_face(title: str, position: int) -> BadgeFace:
    _ = sentences(PROGRAMME_LANGUAGE)
    return BadgeFace(title=title, caption=_("Seal of the level %(level)s") % {"level": title}, position=position)


def _pass_face() -> BadgeFace:
    _ = sentences(PROGRAMME_LANGUAGE)
    return BadgeFace(title=_("MEMO-Pass"), caption=_("Seal of the MEMO-Pass"), position=1, is_pass=True)
