"""What every page must be, whatever it shows; the test client holds each answer against it."""

import re
from collections import Counter
from xml.etree import ElementTree

import html5lib

_HTML = "{http://www.w3.org/1999/xhtml}"
_LABELLED = {"input", "select", "textarea"}
_UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


def problems_of(html: str) -> list[str]:
    """Sentences on what is wrong with a whole page; empty where nothing is."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(html)
    problems = [f"invalid HTML: {code} {data}" for _, code, data in parser.errors]
    elements = list(tree.iter())
    problems += _titles(elements) + _ids(elements) + _labels(elements) + _inline(elements)
    if re.search(r"%\([a-z_]+\)[sd]", html):
        problems.append("a placeholder was not filled in")
    return problems


def text_of(html: str) -> str:
    """The visible words of a page, white space folded."""
    tree = html5lib.parse(html)
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in (f"{_HTML}script", f"{_HTML}style", f"{_HTML}template"):
                parent.remove(child)
    return " ".join("".join(tree.itertext()).split())


def first_in(pattern: str, text: str) -> str:
    """The first group of a pattern that must stand in a text; it may go over lines."""
    found = re.search(pattern, text, re.DOTALL)
    assert found, f"no {pattern} in {text[:300]}"
    return found[1]


def _named(elements: list[ElementTree.Element], *names: str) -> list[ElementTree.Element]:
    wanted = {f"{_HTML}{name}" for name in names}
    return [element for element in elements if element.tag in wanted]


def _titles(elements: list[ElementTree.Element]) -> list[str]:
    found = []
    titles = [t for t in _named(elements, "title") if (t.text or "").strip()]
    headings = _named(elements, "h1")
    if not titles:
        found.append("no title")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 headings")
    if not _named(elements, "html")[0].get("lang"):
        found.append("no language")
    return found


def _ids(elements: list[ElementTree.Element]) -> list[str]:
    counts = Counter(element.get("id") for element in elements if element.get("id"))
    return [f"id {name} stands {count} times" for name, count in counts.items() if count > 1]


def _labels(elements: list[ElementTree.Element]) -> list[str]:
    targets = {label.get("for") for label in _named(elements, "label")}
    wrapped = {id(inner) for label in _named(elements, "label") for inner in label.iter()}
    return [
        f"{field.tag.removeprefix(_HTML)} {field.get('name')} has no label"
        for field in _named(elements, *_LABELLED)
        if field.get("type") not in _UNLABELLED_TYPES
        and field.get("id") not in targets
        and id(field) not in wrapped
        and not field.get("aria-label")
        and not field.get("aria-labelledby")
    ]


def _inline(elements: list[ElementTree.Element]) -> list[str]:
    found = [f"{e.tag.removeprefix(_HTML)} has a style attribute" for e in elements if e.get("style")]
    found += [f"{e.tag.removeprefix(_HTML)} has {name}" for e in elements for name in e.attrib if name.startswith("on")]
    scripts = [e for e in _named(elements, "script") if not e.get("src") and e.get("type") != "application/ld+json"]
    return [*found, *(f"inline script {s.get('type')}" for s in scripts)]
