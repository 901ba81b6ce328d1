"""Handouts: Markdown to a PDF that reads itself aloud well (PDF/UA-1), set by typst.

Every piece of text goes to typst as a string literal, so that no character of it means anything to the typesetter.
"""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import typst
from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Part of a handout's key: raise it when the template below changes, and seeding prints the handouts anew.
TEMPLATE_VERSION = 1

#: Of the document, not of the printing, so that printing twice gives the same bytes.
_PRINTED_AT = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TEMPLATE = """
#set document(title: {title}, author: "MEMO", date: none)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 24mm, bottom: 22mm),
  footer: context [
    #set text(size: 9pt, fill: rgb("#4a5553"))
    MEMO · {module} #h(1fr) #counter(page).display("1 / 1", both: true)
  ],
)
#set text(lang: "de", size: 11.5pt, font: "Libertinus Serif", hyphenate: true)
#set par(leading: 0.75em, spacing: 1.1em)
#show heading: set text(fill: rgb("#0f4a44"))
#show heading: set block(above: 1.5em, below: 0.8em)
#set list(indent: 0.4em, body-indent: 0.7em, spacing: 0.9em)
#set enum(indent: 0.4em, body-indent: 0.7em, spacing: 0.9em)
#set table(stroke: 0.6pt + rgb("#9aa5a2"), inset: 7pt)
#let tick = box(width: 0.8em, height: 0.8em, stroke: 0.8pt + rgb("#0f4a44"), radius: 1pt, baseline: 0.08em)
#heading(level: 1)[{heading}]
{body}
"""


def print_handout(*, title: str, module: str, markdown: str) -> bytes:
    """The PDF of a handout: A4, tagged, in German, the same bytes for the same text."""
    source = _TEMPLATE.format(
        title=_literal(title),
        module=_text(module),
        heading=_text(title),
        body=_blocks(_MARKDOWN.parse(markdown)),
    )
    return typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=_PRINTED_AT)


def _literal(text: str) -> str:
    # JSON's escapes for quotes, backslashes and line ends are typst's too; control characters are left out.
    return json.dumps("".join(letter for letter in text if letter >= " "), ensure_ascii=False)


def _text(text: str) -> str:
    return f"#{_literal(text)};"


def _blocks(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _closing(tokens, index)
        parts.append(_block(token, tokens[index + 1 : end]))
        index = end + 1
    return "".join(parts)


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Where the block that begins here ends: itself for a leaf."""
    depth = 0
    for position in range(index, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _block(token: Token, inner: Sequence[Token]) -> str:
    match token.type:
        case "inline":
            return _inline(token.children or [])
        case "bullet_list_open":
            return _bullets(inner)
        case "table_open":
            return _table(inner)
        case "fence" | "code_block":
            return f"#raw({_literal(token.content)}, block: true)\n\n"
        case _:
            return _wrapped(token, inner)


def _wrapped(token: Token, inner: Sequence[Token]) -> str:
    match token.type:
        case "heading_open":
            return f"#heading(level: {max(2, int(token.tag[1]))})[{_blocks(inner)}]\n\n"
        case "paragraph_open":
            return f"{_blocks(inner)}\n\n"
        case "ordered_list_open":
            return f"#enum(start: {int(token.attrGet('start') or 1)}, {_items(inner)})\n\n"
        case "blockquote_open":
            return f"#quote(block: true)[{_blocks(inner)}]\n\n"
        case _:
            return _blocks(inner)


def _items(tokens: Sequence[Token]) -> str:
    return ", ".join(f"[{_blocks(item)}]" for item in _children(tokens, "list_item_open"))


def _bullets(tokens: Sequence[Token]) -> str:
    """A list; one whose points begin with [ ] becomes a list to tick off."""
    is_checklist = any(token.type == "inline" and token.content.startswith("[ ]") for token in tokens)
    marker = "marker: tick, " if is_checklist else ""
    return f"#list({marker}{_items(tokens)})\n\n"


def _table(tokens: Sequence[Token]) -> str:
    rows = [
        [f"[{_blocks(cell)}]" for cell in _children(row, "th_open", "td_open")]
        for row in _children(tokens, "tr_open", inside=("thead_open", "tbody_open"))
    ]
    if not rows:
        return ""
    body = ", ".join(cell for row in rows[1:] for cell in row)
    return f"#table(columns: {len(rows[0])}, table.header({', '.join(rows[0])}), {body})\n\n"


def _children(tokens: Sequence[Token], *kinds: str, inside: tuple[str, ...] = ()) -> list[Sequence[Token]]:
    found: list[Sequence[Token]] = []
    index = 0
    while index < len(tokens):
        end = _closing(tokens, index)
        if tokens[index].type in kinds:
            found.append(tokens[index + 1 : end])
        elif tokens[index].type in inside:
            found.extend(_children(tokens[index + 1 : end], *kinds, inside=inside))
        index = end + 1
    return found


_OPENINGS: dict[str, Callable[[Token], str]] = {
    "strong_open": lambda token: "#strong[",
    "em_open": lambda token: "#emph[",
    "link_open": lambda token: f"#link({_literal(str(token.attrGet('href')))})[",
}


def _inline(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type == "text":
            parts.append(_text(token.content.removeprefix("[ ]").lstrip() if not parts else token.content))
        elif token.type == "code_inline":
            parts.append(f"#raw({_literal(token.content)});")
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("#linebreak();")
        elif token.type in _OPENINGS:
            parts.append(_OPENINGS[token.type](token))
        elif token.nesting < 0:
            parts.append("];")
    return "".join(parts)
