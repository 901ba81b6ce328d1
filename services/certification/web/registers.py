"""The public registers: associations with a valid pass, multipliers. No account, no trace."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.geography import REGIONS
from services.certification.domain.registers import LANGUAGES, Message, Topic
from services.certification.operations import registers
from services.certification.operations.registers import PublicFilter
from services.certification.web import choices
from services.certification.web.filters import typed_text, typed_texts
from services.certification.web.maps import region_map
from services.certification.web.schemas.registers import MessageSchema
from shared.kernel.clock import utc_now
from shared.web import public, reading, transaction
from shared.web.forms import Form
from shared.web.paging import PAGE_SIZE, page_of, requested_name_and_id

blueprint = Blueprint("registers", __name__, url_prefix="/certification/register")

Answer = str | Response | tuple[str, int]


@blueprint.get("/passes")
@public
def passes() -> str:
    """Associations with a valid pass that have published an entry."""
    wanted = requested_filter()
    with reading() as session:
        found = registers.search_published_passes(
            session, wanted=wanted, after=requested_name_and_id(), limit=PAGE_SIZE + 1, now=utc_now()
        )
    by_region: Counter[str] = Counter()
    for region_code, _town, count in found.by_town:
        by_region[region_code] += count
    return render_template(
        "certification/registers/passes.html",
        page=page_of(found.passes, key=lambda entry: [entry.name, str(entry.association_id)]),
        by_town=found.by_town,
        map=region_map(by_region, [(town, count) for _code, town, count in found.by_town], current=wanted.region_code),
        **_words(),
    )


@blueprint.get("/multipliers")
@public
def multipliers() -> str:
    """People who advise associations, as far as they have opened an entry."""
    wanted = requested_filter()
    with reading() as session:
        found = registers.search_multipliers(session, wanted=wanted, after=requested_name_and_id(), limit=PAGE_SIZE + 1)
    towns = Counter(entry.town for entry in found.entries if entry.town)
    return render_template(
        "certification/registers/multipliers.html",
        page=page_of(found.entries, key=lambda entry: [entry.display_name, str(entry.public_id)]),
        map=region_map(found.by_region, list(towns.items()), current=wanted.region_code),
        **_words(),
    )


@blueprint.get("/multipliers/<uuid:public_id>")
@public
def multiplier(public_id: UUID) -> Answer:
    """One multiplier, with a form to write to them."""
    return _multiplier_page(public_id, Form.empty(MessageSchema()))


@blueprint.post("/multipliers/<uuid:public_id>")
@public
def write_to(public_id: UUID) -> Answer:
    """Send a message on; the sender never sees the address."""
    form = Form.submitted(MessageSchema())
    if form.valid:
        message = Message(
            sender_name=form.values["sender_name"],
            sender_address=form.values["sender_address"],
            text=form.values["message"],
        )
        with form.catching(), transaction() as session:
            registers.contact_multiplier(
                session, public_id=public_id, message=message, asker=request.remote_addr or "", now=utc_now()
            )
    if not form.valid:
        return _multiplier_page(public_id, form)
    flash(_("Your message is on its way. The answer comes to your e-mail address."), "success")
    return redirect(url_for("registers.multiplier", public_id=public_id), 303)


def requested_filter() -> PublicFilter:
    """What the address asks for; a word that is none of the choices asks for nothing."""
    region, language, topic = typed_text("region"), typed_text("language"), typed_text("topic")
    return PublicFilter(
        words=typed_text("search"),
        region_code=region if region in REGIONS else "",
        language=language if language in LANGUAGES else "",
        topic=topic if topic in set(Topic) else "",
    )


def _multiplier_page(public_id: UUID, form: Form) -> Answer:
    with reading() as session:
        entry = registers.read_multiplier(session, public_id=public_id)
    page = render_template("certification/registers/multiplier.html", entry=entry, form=form, **_words())
    return page if form.valid else (page, 422)


def _words() -> dict[str, Any]:
    return {"choices": choices, "args": typed_texts("search", "region", "language", "topic"), "regions": REGIONS}
