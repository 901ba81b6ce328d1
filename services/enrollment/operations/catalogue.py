"""The catalogue of the programme: laid once, then edited by the office."""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.orm import Session

from services.enrollment.domain.curriculum import LEVELS, REGIONS, PlannedLevel
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.models.catalogue import Level, Module
from services.enrollment.models.regions import Region
from services.enrollment.queries import catalogue as catalogue_query
from services.enrollment.queries import regions as regions_query
from shared.contracts.enrollment import LevelChanged, ModuleFacts
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require
from shared.messaging import outbox


def ensure_catalogue(session: Session, *, now: datetime) -> None:
    """Lay the programme's regions, levels and modules where they are missing. What is there already stays as it is.

    Fires LevelChanged for every level that is new or got a new module.
    """
    known_regions = {region.code for region in regions_query.list_regions(session)}
    for position, (code, name) in enumerate(REGIONS, start=1):
        if code not in known_regions:
            session.add(Region(code=code, name=name, position=position))
    levels = {level.code: level for level in catalogue_query.list_levels(session)}
    for position, planned in enumerate(LEVELS, start=1):
        levels[planned.code] = _ensure_level(
            session, planned=planned, position=position, levels=levels.values(), now=now
        )


def _ensure_level(
    session: Session, *, planned: PlannedLevel, position: int, levels: Iterable[Level], now: datetime
) -> Level:
    by_code = {level.code: level for level in levels}
    level = by_code.get(planned.code)
    if level is None:
        required = by_code.get(planned.requires_code or "")
        level = Level(
            id=new_id(), code=planned.code, title=planned.title, position=position, requires_id=required and required.id
        )
        session.add(level)
        session.flush()  # A level that requires this one comes next and refers to its row.
    known = {module.code for module in level.modules}
    missing = [(number, module) for number, module in enumerate(planned.modules, start=1) if module.code not in known]
    for number, module in missing:
        level.modules.append(
            Module(code=module.code, title=module.title, summary=module.summary, units=module.units, position=number)
        )
    if missing:
        session.flush()
        _tell_of_level(session, level=level, now=now)
    return level


def change_level(session: Session, *, actor: Actor, code: str, title: str, now: datetime) -> Level:
    """Give a level another title. Fires LevelChanged."""
    require(PERMISSIONS, actor, Permission.CATALOGUE_EDIT, Facts())
    level = catalogue_query.lock_level(session, code)
    before, level.title = level.title, title
    _record(session, actor=actor, level=level, before={"title": before}, after={"title": title}, now=now)
    _tell_of_level(session, level=level, now=now)
    return level


def change_module(
    session: Session, *, actor: Actor, code: str, title: str, summary: str, units: int, now: datetime
) -> Module:
    """Change what a module is called and how many units it has. Fires LevelChanged.

    Sessions that are planned already keep the units with which they were planned; new ones take the new figure.
    """
    require(PERMISSIONS, actor, Permission.CATALOGUE_EDIT, Facts())
    module = catalogue_query.get_module(session, code)
    level = catalogue_query.lock_level(session, module.level.code)
    before = {"module": code, "title": module.title, "units": module.units}
    module.title, module.summary, module.units = title, summary, units
    after = {"module": code, "title": title, "units": units}
    _record(session, actor=actor, level=level, before=before, after=after, now=now)
    _tell_of_level(session, level=level, now=now)
    return module


def change_region(session: Session, *, actor: Actor, code: str, name: str, now: datetime) -> Region:
    """Give a region another name."""
    require(PERMISSIONS, actor, Permission.CATALOGUE_EDIT, Facts())
    region = regions_query.get_region(session, code)
    before, region.name = region.name, name
    audit.record(
        session,
        actor=actor,
        action="region.changed",
        subject="region",
        subject_id=uuid5(NAMESPACE_URL, f"region:{code}"),  # Regions have no id but their code.
        now=now,
        before={"name": before},
        after={"name": name},
    )
    return region


def _tell_of_level(session: Session, *, level: Level, now: datetime) -> None:
    event = LevelChanged(
        level_id=level.id,
        code=level.code,
        title=level.title,
        position=level.position,
        modules=tuple(
            ModuleFacts(code=module.code, title=module.title, units=module.units, position=module.position)
            for module in level.modules
        ),
    )
    outbox.append(session, event, now=now)


def _record(
    session: Session,
    *,
    actor: Actor,
    level: Level,
    before: dict[str, object],
    after: dict[str, object],
    now: datetime,
) -> None:
    audit.record(
        session,
        actor=actor,
        action="level.changed",
        subject="level",
        subject_id=level.id,
        now=now,
        before=before,
        after=after,
    )
