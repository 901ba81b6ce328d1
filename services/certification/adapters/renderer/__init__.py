"""Sheets of paper: one PDF that is PDF/A-3a and PDF/UA-1 at once, with the credential attached.

Everything that a person reads on the sheet stands in `words`; `typesetting.set_sheet` sets any typst file of ours.
"""

from services.certification.adapters.renderer.drawing import RenderedPage, render, render_pass
from services.certification.adapters.renderer.fonts import missing_letters
from services.certification.adapters.renderer.page import Page, PassPage, Result, SealNote, Workshop
from services.certification.adapters.renderer.words import seal_field_label, sheet_sentences, timestamp_field_label

__all__ = [
    "Page",
    "PassPage",
    "RenderedPage",
    "Result",
    "SealNote",
    "Workshop",
    "missing_letters",
    "render",
    "render_pass",
    "seal_field_label",
    "sheet_sentences",
    "timestamp_field_label",
]
