"""Pages about the site itself: imprint, privacy, accessibility, feedback."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from services.enrollment.domain.sign_in import LINK_REQUESTS
from services.enrollment.operations.feedback import send_feedback
from services.enrollment.web import guesses
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from shared.web import public, resources, signed_in, transaction
from shared.web.fields import FormSchema, Text
from shared.web.forms import Form

blueprint = Blueprint("site", __name__)


class FeedbackSchema(FormSchema):
    """What somebody wants to say, about which page, and how to answer."""

    message = Text(required=True, most=4_000, lines=True)
    page_address = Text(load_default="", most=500)
    contact = Text(load_default="", most=254)


@blueprint.get("/identity")
@signed_in
def identity() -> tuple[str, int]:
    """Nothing but the renewed cookie: asked for by pages of the other services, which cannot make one."""
    return "", 204


@blueprint.get("/imprint")
@public
def imprint() -> str:
    """Who answers for this site."""
    return render_template("ui/pages/imprint.html")


@blueprint.get("/privacy")
@public
def privacy() -> str:
    """What happens to personal data."""
    return render_template("ui/pages/privacy.html")


@blueprint.get("/accessibility")
@public
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("ui/pages/accessibility.html")


@blueprint.get("/feedback")
@public
def feedback() -> str:
    """Report a barrier or say anything else."""
    form = Form.empty(FeedbackSchema(), page_address=request.args.get("page", "")[:500] or None)
    return render_template("ui/pages/feedback.html", form=form, sent=bool(request.args.get("sent")))


@blueprint.post("/feedback")
@public
def send() -> Any:
    """Pass the message on to the office by mail."""
    form = Form.submitted(FeedbackSchema())
    if form.valid:
        with form.catching():
            guesses.count(LINK_REQUESTS, str(new_id()))
            with transaction() as session:
                send_feedback(session, mail_from=resources().settings.mail_from, now=utc_now(), **form.values)
    if not form.valid:
        return render_template("ui/pages/feedback.html", form=form, sent=False), 422
    return redirect(url_for("site.feedback", sent=1), 303)
