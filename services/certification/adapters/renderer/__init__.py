"""The certificate on paper: one PDF that is PDF/A-3a and PDF/UA-1 at once, with the credential attached."""

from services.certification.adapters.renderer.drawing import RenderedPage, render
from services.certification.adapters.renderer.page import Page, Workshop

__all__ = ["Page", "RenderedPage", "Workshop", "render"]
