"""What the layout's navigation is made of."""

from dataclasses import dataclass

from flask_babel import LazyString


@dataclass(frozen=True)
class NavItem:
    """One place in the navigation; the label is a sentence of the reader's language."""

    label: str | LazyString
    href: str
    is_current: bool = False
