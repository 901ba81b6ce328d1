"""Markdown of lessons and assignments to HTML that is safe to show, and the words in it that have an explanation."""

import re
from collections.abc import Iterable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

#: What a lesson may be made of. Headings begin at h2, for the page's own title is the only h1.
_TAGS = {
    "h2", "h3", "h4", "p", "br", "hr", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_URL_SCHEMES = {"https", "http", "mailto"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TITLE = re.compile(r"\A\s*#\s+(?P<title>.+?)\s*#*\s*(?:\n|\Z)")


def split_title(markdown: str) -> tuple[str, str]:
    """The first heading of a text and the rest; an empty title where the text begins without one."""
    match = _TITLE.match(markdown)
    if match is None:
        return "", markdown.strip()
    return match["title"], markdown[match.end() :].strip()


@lru_cache(maxsize=256)
def render(markdown: str) -> str:
    """Clean HTML of a Markdown text: no scripts, no pictures from elsewhere, links that tell nobody where from.

    A heading of the first level becomes one of the second.
    """
    html = _MARKDOWN.render(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer",
    )


def words_in(markdown: str, words: Iterable[str]) -> list[str]:
    """Which of the words occur in the text, in its order; hyphens inside a word are as good as none."""
    plain = markdown.replace("-", "").lower()
    places = [(plain.find(word.replace("-", "").lower()), word) for word in words if word]
    return [word for place, word in sorted(places) if place >= 0]
