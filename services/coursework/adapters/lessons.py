"""Markdown of lessons and assignments to HTML that is safe to show, and the words in it that have an explanation."""

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

#: What a lesson may be made of. Headings begin at h2, for the page's own title is the only h1.
_TAGS = {
    "h2", "h3", "h4", "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_URL_SCHEMES = {"https", "http", "mailto"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
#: A section sign, or a word for a part of one, and the number that follows.
_SECTION = re.compile(r"(§§?|Absatz|Satz|Nummer|Nr\.) (\d)")
_TITLE = re.compile(r"\A\s*#\s+(?P<title>.+?)\s*#*\s*(?:\n|\Z)")


def split_title(markdown: str) -> tuple[str, str]:
    """The first heading of a text and the rest; an empty title where the text begins without one."""
    match = _TITLE.match(markdown)
    if match is None:
        return "", markdown.strip()
    return match["title"], markdown[match.end() :].strip()


@lru_cache(maxsize=256)
def render(markdown: str) -> Markup:
    """Clean HTML of a Markdown text: no scripts, no pictures from elsewhere, links that tell nobody where from.

    A heading of the first level becomes one of the second, and a box to tick a sign. A section's number stays with
    its sign at the end of a line.
    """
    text = _SECTION.sub("\\1\u00a0\\2", markdown.replace("- [ ] ", "- \u2610 "))
    html = _MARKDOWN.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    cleaned = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_URL_SCHEMES, link_rel="noopener noreferrer"
    )
    return Markup(cleaned)  # noqa: S704 (this is where it is made safe)


def words_in(markdown: str, words: Iterable[str]) -> list[str]:
    """Which of the words occur in the text, in its order; hyphens inside a word are as good as none.

    A word counts with an ending of up to two letters (Satzung, Satzungen), but not as a part of another one.
    """
    plain = markdown.replace("-", "").lower()
    found = [(re.search(rf"(?<!\w){re.escape(_plain(word))}\w{{0,2}}(?!\w)", plain), word) for word in words if word]
    return [word for _, word in sorted((match.start(), word) for match, word in found if match)]


def _plain(word: str) -> str:
    return word.replace("-", "").lower()
