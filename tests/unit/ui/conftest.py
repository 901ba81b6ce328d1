"""A small app with the interface alone: no service, no build of the stylesheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask_babel import Babel, force_locale

from shared.ui import assets, init_ui

ASSETS = {"app.css": "app-1.css", "app.js": "app-1.js", "icon.svg": "icon-1.svg", "heading.woff2": "heading-1.woff2"}


@dataclass
class FakeForm:
    """What the field macros know of a form."""

    raw: dict[str, object] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def summary(self) -> list[tuple[str | None, str]]:
        return [(name, sentence) for name, sentences in self.errors.items() for sentence in sentences]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The interface without catalogues: sentences stay English."""
    monkeypatch.setattr(assets, "_manifest", lambda: ASSETS)
    app = Flask(__name__, static_folder=None)
    app.secret_key = "test"
    init_ui(app)
    Babel(app, default_locale="en")
    return app


@pytest.fixture
def in_page(app: Flask) -> Iterator[Flask]:
    """Inside the answer to a request."""
    with app.test_request_context("/courses"):
        yield app


@pytest.fixture
def in_arabic(in_page: Flask) -> Iterator[Flask]:
    """Inside the answer to a reader of Arabic."""
    with force_locale("ar"):
        yield in_page
