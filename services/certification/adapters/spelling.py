"""How signed JSON is spelled: one text, to which members are added at the end without writing the rest again."""

from typing import Any

import orjson


def write(document: dict[str, Any]) -> str:
    """A document as text, without white space between members, nothing but what JSON asks for escaped.

    Raises TypeError (orjson's JSONEncodeError) for what is no JSON, or no Unicode.
    """
    return orjson.dumps(document).decode()


def with_members(text: str, members: dict[str, Any]) -> str:
    """What `write` gives for a document that is not empty and ends with these members; `text` is the document without.

    None of their names may stand in it already.
    """
    return f"{text[:-1]},{write(members)[1:]}"
