"""The office sets the rules of the programme; every change is a version of its own."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.programme_settings import SettingKey, check_setting
from services.enrollment.models.programme_settings import ProgrammeSetting
from services.enrollment.queries import programme_settings as settings_query
from shared.db import audit
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require


def set_setting(session: Session, *, actor: Actor, key: SettingKey, value: int, now: datetime) -> None:
    """Let another figure hold from now on. The same figure again changes nothing. Raises SettingOutOfRange."""
    require(PERMISSIONS, actor, Permission.SETTING_EDIT, Facts())
    check_setting(key, value)
    version = settings_query.lock_latest_version(session, key)
    before = settings_query.get_setting(session, key, now=now)
    if before == value:
        return
    setting = ProgrammeSetting(
        id=new_id(), key=key.value, version=version + 1, value=value, valid_from=now, set_by_id=actor.person_id
    )
    session.add(setting)
    audit.record(
        session,
        actor=actor,
        action="setting.set",
        subject="setting",
        subject_id=setting.id,
        now=now,
        before={key.value: before},
        after={key.value: value},
    )
