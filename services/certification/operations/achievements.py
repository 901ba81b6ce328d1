"""What a level demands, in the words of the programme: part of the credential, and a public page."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.credential import Achievement
from services.certification.queries.programme import get_level


def read_achievement(session: Session, *, level_code: str, seal: Seal) -> Achievement:
    """What the level demands today. Raises NotFound."""
    level = get_level(session, code=level_code)
    return describe_achievement(code=level.code, title=level.title, modules=level.modules, seal=seal)


def describe_achievement(*, code: str, title: str, modules: Sequence[dict[str, Any]], seal: Seal) -> Achievement:
    """The achievement of a level with these modules. Its version is made from title and modules."""
    _ = sentences(PROGRAMME_LANGUAGE)
    url = seal.achievement_url(code)
    units = sum(module["units"] for module in modules)
    lines = [f"{module['title']} ({module['units']})" for module in modules]
    content = json.dumps([title, [[module["title"], module["units"]] for module in modules]], ensure_ascii=False)
    return Achievement(
        url=url,
        name=title,
        description=_("Level of the programme that qualifies migrant associations: %(units)s teaching units.")
        % {"units": units},
        criteria="\n".join(
            [_("Enough of these workshops attended (teaching units of 45 minutes), every quiz and assignment passed:")]
            + [f"- {line}" for line in lines]
        ),
        code=code,
        version=hashlib.sha256(content.encode()).hexdigest()[:8],
        units_offered=units,
        units_title=_("Teaching units attended"),
        image_url=f"{url}/badge.svg",
        image_caption=_("Seal of the level %(level)s") % {"level": title},
    )
