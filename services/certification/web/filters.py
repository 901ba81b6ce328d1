"""What stands in the address of a list."""

from flask import request


def typed_text(name: str) -> str:
    """A word of the address's query, without what cannot be seen; empty where there is none."""
    return "".join(letter for letter in request.args.get(name, "") if letter.isprintable()).strip()[:200]


def typed_texts(*names: str) -> dict[str, str]:
    """Several words of the address's query, to be shown again in the filters."""
    return {name: typed_text(name) for name in names}
