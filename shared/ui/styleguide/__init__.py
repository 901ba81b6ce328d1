"""`/styleguide`: every component on one page, in every language and in light and dark. For development only."""

from dataclasses import dataclass, field

from flask import Blueprint, abort, render_template, request
from flask_babel import force_locale
from markupsafe import Markup

from shared.ui.languages import language_of
from shared.ui.navigation import NavItem
from shared.ui.styleguide.samples import samples_in

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")


@dataclass(frozen=True)
class SampleForm:
    """Looks like a submitted form, as the field macros see one."""

    raw: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Each refused field with its first sentence."""
        return [(name, sentences[0]) for name, sentences in self.errors.items()]


#: A square that stands for a QR code, so that the style guide needs no generator.
_SQUARE = Markup(
    '<svg viewBox="0 0 7 7" role="img" aria-label="QR"><path d="M0 0h3v3H0zM4 0h3v3H4zM0 4h3v3H0zM4 4h1v1H4zM6 4h1v2H6z'
    'M4 6h2v1H4z" fill="#000"/></svg>'
)


@blueprint.get("/")
def show() -> str:
    """The style guide; `language` and `theme` choose how it is shown."""
    language = language_of(request.args.get("language", "de")) or abort(404)
    texts = samples_in(language.code)
    with force_locale(language.locale):
        return render_template(
            "ui/styleguide.html",
            theme=request.args.get("theme"),
            texts=texts,
            empty=SampleForm(),
            refused=SampleForm(
                raw={"mail": "ayse@"}, errors={"mail": [texts["mail_wrong"]], "level": [texts["choose"]]}
            ),
            qr=_SQUARE,
            navigation=[
                NavItem(texts["nav_home"], "/"),
                NavItem(texts["nav_courses"], "/styleguide/", is_current=True),
                NavItem(texts["nav_association"], "#association"),
                NavItem(texts["nav_certificates"], "#certificates"),
            ],
        )


@blueprint.get("/dialog")
def show_dialog() -> str:
    """The page that stands in for a dialog where there is no JavaScript."""
    return render_template("ui/error.html", status=404)


# Every view names its door (shared.web.guards); the interface lies below shared.web and cannot import the mark.
for view in (show, show_dialog):
    view.__memo_guard__ = "public"  # type: ignore[attr-defined]
