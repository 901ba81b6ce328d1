"""Reading the programme's settings."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.programme_settings import LIMITS, SettingKey
from services.enrollment.models.programme_settings import ProgrammeSetting


def get_setting(session: Session, key: SettingKey, *, now: datetime) -> int:
    """The figure that holds now: the latest version that is valid, or the initial one."""
    statement = (
        sa.select(ProgrammeSetting.value)
        .where(ProgrammeSetting.key == key.value, ProgrammeSetting.valid_from <= now)
        .order_by(ProgrammeSetting.version.desc())
        .limit(1)
    )
    value = session.scalar(statement)
    return LIMITS[key].initial if value is None else int(value)


def list_settings(session: Session, *, now: datetime) -> dict[SettingKey, int]:
    """Every setting with the figure that holds now."""
    return {key: get_setting(session, key, now=now) for key in SettingKey}


def list_versions(session: Session, key: SettingKey) -> Sequence[ProgrammeSetting]:
    """All versions of a setting, the latest first."""
    statement = sa.select(ProgrammeSetting).where(ProgrammeSetting.key == key.value)
    return session.scalars(statement.order_by(ProgrammeSetting.version.desc())).all()


def lock_latest_version(session: Session, key: SettingKey) -> int:
    """The number of the latest version, 0 where there is none. Holds off other writers of the same setting."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(f"setting:{key.value}", 0))))
    statement = sa.select(sa.func.max(ProgrammeSetting.version)).where(ProgrammeSetting.key == key.value)
    return session.scalar(statement) or 0
