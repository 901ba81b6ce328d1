"""The making of a letter. No Flask here: letters are written by the worker."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path

from babel.dates import format_date, format_time
from babel.support import NullTranslations, Translations

import shared
from services.enrollment.adapters.letters import accounts, courses
from services.enrollment.adapters.letters.wording import Wording, _l
from services.enrollment.domain.letters import Letter as Template
from shared.kernel.clock import PROGRAMME_ZONE
from shared.mail import Letter

WORDINGS: dict[Template, Wording] = {**accounts.WORDINGS, **courses.WORDINGS}
TRANSLATED_FACTS = {**accounts.TRANSLATED_FACTS, **courses.TRANSLATED_FACTS}

_OWN_CATALOGUES = Path(__file__).parents[2] / "translations"
_SHARED_CATALOGUES = Path(next(iter(shared.__path__))) / "ui" / "translations"

#: Codes of languages whose catalogue has another name.
_LOCALES = {"de-x-einfach": "de@einfach"}
_RIGHT_TO_LEFT = frozenset({"ar"})

_HELLO = _l("Hello %(name)s,")
_HELLO_SOMEBODY = _l("Hello,")
_GREETINGS = _l("Your MEMO team")
_WHY = _l("You get this letter because this address was given at MEMO.")


class LetterUnknown(Exception):
    """A mail was asked for that has no wording; the message is parked for an operator."""


def render_letter(template: str, *, language: str, facts: Mapping[str, str], base_url: str) -> Letter:
    """The letter in a language, its facts filled in. Raises LetterUnknown.

    Facts named `…_on` are ISO dates, `…_at` and `deadline` ISO instants; they are written out in the language.
    """
    if template not in set(Template) or Template(template) not in WORDINGS:
        raise LetterUnknown(template)
    wording = WORDINGS[Template(template)]
    catalogue = _catalogue(language)
    values = {name: _value(name, value, language, catalogue) for name, value in facts.items()}
    hello = _HELLO if "name" in values else _HELLO_SOMEBODY
    sentences = [catalogue.gettext(s) % values for s in (hello, *wording.paragraphs)]
    action = (catalogue.gettext(wording.action), base_url + facts["path"]) if wording.action else None
    closing = [catalogue.gettext(_GREETINGS), catalogue.gettext(_WHY)]
    return Letter(
        subject=" ".join((catalogue.gettext(wording.subject) % values).split()),
        text=_text(sentences, action, closing),
        html=_html(sentences, action, closing, language=language),
    )


def _text(sentences: list[str], action: tuple[str, str] | None, closing: list[str]) -> str:
    link = [f"{action[0]}:\n{action[1]}"] if action else []
    return "\n\n".join([*sentences, *link, *closing]) + "\n"


def _html(sentences: list[str], action: tuple[str, str] | None, closing: list[str], *, language: str) -> str:
    """Simple on purpose: mail programs show it alike, and it reads well without any style."""
    direction = "rtl" if language in _RIGHT_TO_LEFT else "ltr"
    paragraphs = [f"<p>{escape(sentence).replace(chr(10), '<br>')}</p>" for sentence in sentences]
    link = [f'<p><a href="{escape(action[1])}">{escape(action[0])}</a></p>'] if action else []
    end = [f"<p>{escape(sentence)}</p>" for sentence in closing]
    body = "\n".join([*paragraphs, *link, *end])
    return f'<!doctype html>\n<html lang="{language}" dir="{direction}"><body>\n{body}\n</body></html>\n'


def _value(name: str, value: str, language: str, catalogue: NullTranslations) -> str:
    words = TRANSLATED_FACTS.get(name)
    if words is not None and value in words:
        return catalogue.gettext(words[value])
    locale = "de" if language.startswith("de") else language
    if name.endswith("_on"):
        return format_date(date.fromisoformat(value), format="long", locale=locale)
    if name.endswith("_at") or name in ("at", "deadline"):
        at = datetime.fromisoformat(value).astimezone(PROGRAMME_ZONE)
        return f"{format_date(at, format='long', locale=locale)}, {format_time(at, format='short', locale=locale)}"
    return value


@cache
def _catalogue(language: str) -> NullTranslations:
    """The service's catalogue over the shared one; English is the source language and has none."""
    locale = _LOCALES.get(language, language)
    catalogue = Translations.load(str(_SHARED_CATALOGUES), [locale])
    own = Translations.load(str(_OWN_CATALOGUES), [locale])
    own.add_fallback(catalogue)
    return own
