"""The page of one sign-in slip: shown once, made to be printed or photographed."""

from flask import Response, render_template, url_for
from flask_babel import force_locale
from markupsafe import Markup

from services.enrollment.domain.slips import show_personal_code
from services.enrollment.operations.qr_codes import qr_code
from services.enrollment.operations.slips import IssuedSlip
from shared.ui import LANGUAGES, language_of
from shared.web import resources


def slip_page(slip: IssuedSlip, *, association: str | None, back: str) -> Response:
    """The slip with its QR code, in the language of whoever it is for. Nothing of it can be shown again, so no
    browser keeps the page.
    """
    base_url = resources().settings.base_url
    language = language_of(slip.language) or LANGUAGES[0]
    with force_locale(language.locale):
        printed = render_template(
            "enrollment/slips/_slip.html",
            slip=slip,
            personal_code=show_personal_code(slip.personal_code),
            picture=qr_code(base_url + url_for("sign_in.show_slip", secret=slip.secret)),
            address=base_url.partition("://")[2] + url_for("sign_in.show"),
            association=association,
        )
    # What Jinja has rendered is escaped already.
    page = render_template("enrollment/slips/page.html", printed=Markup(printed), language=language, back=back)  # noqa: S704
    return Response(page, headers={"Cache-Control": "no-store"}, mimetype="text/html")
