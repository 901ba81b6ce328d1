"""The explained words."""

from typing import Any

from sqlalchemy.orm import Session

from services.coursework.models import GlossaryTerm


def ensure_glossary(session: Session, *, source: list[dict[str, Any]]) -> int:
    """Have exactly these explanations; how many were new or changed.

    Further languages stand in `translations`, or as fields of their own named by the language's code.
    """
    changed = 0
    for values in source:
        translations = {
            **values.get("translations", {}),
            **{k: v for k, v in values.items() if k in ("en", "tr", "ar")},
        }
        term = session.get(GlossaryTerm, values["term"])
        wanted = (values["explanation"], values.get("explanation_einfach"), translations)
        if term is not None and (term.explanation, term.explanation_einfach, term.translations) == wanted:
            continue
        session.merge(
            GlossaryTerm(
                term=values["term"],
                explanation=wanted[0],
                explanation_einfach=wanted[1],
                translations=translations,
            )
        )
        changed += 1
    return changed
