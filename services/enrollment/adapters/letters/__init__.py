"""Letters: from a template's name and its facts to a subject, plain text and HTML in the person's language."""

from services.enrollment.adapters.letters.render import LetterUnknown, render_letter

__all__ = ["LetterUnknown", "render_letter"]
