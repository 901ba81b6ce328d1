"""Drawings of the programme: SVG that may be shown as a picture."""

import re
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = {
    "svg", "title", "desc", "g", "defs", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "text",
    "tspan", "linearGradient", "radialGradient", "stop", "marker", "symbol", "use", "clipPath", "pattern", "style",
}  # fmt: skip
_OUTWARD = re.compile(r"url\s*\(\s*['\"]?(?!#)|@import|javascript:|data:", re.IGNORECASE)


class FigureRefused(Exception):
    """The drawing holds something that is no drawing."""


def check_figure(svg: str) -> tuple[str, str]:
    """Title and description of a drawing, or FigureRefused where it holds scripts, links or anything from outside.

    The source is a file of this repository; the check keeps a slip from becoming a hole.
    """
    if "<!" in svg.replace("<!--", ""):
        raise FigureRefused("document type or entity")
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own file, and entities are refused above)
    for element in root.iter():
        name = str(element.tag).removeprefix(_SVG)
        if name not in _ELEMENTS:
            raise FigureRefused(name)
        for attribute, value in element.attrib.items():
            if attribute.lower().startswith("on") or (attribute.endswith("href") and not value.startswith("#")):
                raise FigureRefused(attribute)
        if _OUTWARD.search(" ".join([element.text or "", *element.attrib.values()])):
            raise FigureRefused("address from outside")
    return _text(root, "title"), _text(root, "desc")


def _text(root: ElementTree.Element, name: str) -> str:
    return " ".join((root.findtext(f"{_SVG}{name}") or "").split())
