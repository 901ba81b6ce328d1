"""Certificates that wait for a person: the queue, the decision, and the rule that holds them."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.batches import Outcome
from services.certification.domain.permissions import Permission
from services.certification.domain.releases import RefusalReason
from services.certification.operations import batches, releases
from services.certification.operations.seals import seal_of
from services.certification.web.schemas.issuing import ManyPlacesSchema, RefusalSchema, ReleaseRuleSchema
from services.certification.web.words import OUTCOMES, REFUSALS
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form

blueprint = Blueprint("releases", __name__, url_prefix="/certification/office")

Answer = str | Response | tuple[str, int]


@blueprint.get("/releases")
@requires(Permission.RELEASE_DECIDE)
def queue() -> Answer:
    """What waits for a decision, and what was refused."""
    return _queue_page(None)


@blueprint.post("/releases")
@requires(Permission.RELEASE_DECIDE)
def release_many() -> Answer:
    """Release several at once; they are issued as a batch."""
    form = Form.submitted(ManyPlacesSchema())
    batch_id: UUID | None = None
    if form.valid:
        with form.catching(), transaction() as session:
            batch_id = batches.release_as_batch(
                session,
                actor=current_actor(),
                title=_("Released certificates"),
                place_ids=form.values["place_ids"],
                now=utc_now(),
            ).id
    if not form.valid:
        return _queue_page(form)
    return redirect(url_for("batches.show", batch_id=batch_id), 303)


def _queue_page(form: Form | None) -> Answer:
    with reading() as session:
        waiting = releases.list_queue(session, actor=current_actor())
        refused = releases.list_refused(session, actor=current_actor())
    page = render_template(
        "certification/releases/queue.html", waiting=waiting, refused=refused, refusals=REFUSALS, form=form
    )
    return page if form is None or form.valid else (page, 422)


@blueprint.get("/releases/<uuid:place_id>")
@requires(Permission.RELEASE_DECIDE)
def show(place_id: UUID) -> Answer:
    """What is known of one, and the decision."""
    return _decision_page(place_id, Form.empty(RefusalSchema()))


@blueprint.post("/releases/<uuid:place_id>/release")
@requires(Permission.RELEASE_DECIDE)
def release(place_id: UUID) -> Answer:
    """Release it: the certificate is issued at once."""
    form = Form.empty(RefusalSchema())
    outcome: Outcome | None = None
    with form.catching(), transaction() as session:
        outcome = releases.release(
            session,
            actor=current_actor(),
            place_id=place_id,
            seal=seal_of(resources().settings),
            now=utc_now(),
        ).outcome
    if outcome is None:
        return _decision_page(place_id, form)
    if outcome is Outcome.ISSUED:
        flash(_("The certificate is issued. The person gets a letter."), "success")
    else:
        flash(_("It is released, but not issued yet: %(reason)s.", reason=OUTCOMES[outcome]), "warning")
    return redirect(url_for("releases.queue"), 303)


@blueprint.post("/releases/<uuid:place_id>/refuse")
@requires(Permission.RELEASE_DECIDE)
def refuse(place_id: UUID) -> Answer:
    """Refuse it, with words that the person reads."""
    form = Form.submitted(RefusalSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            releases.refuse(
                session,
                actor=current_actor(),
                place_id=place_id,
                reason=RefusalReason(form.values["reason"]),
                note=form.values["note"],
                now=utc_now(),
            )
    if not form.valid:
        return _decision_page(place_id, form)
    flash(_("It is refused. The person reads your reason under “My certificates”."), "success")
    return redirect(url_for("releases.queue"), 303)


@blueprint.post("/releases/<uuid:place_id>/again")
@requires(Permission.RELEASE_DECIDE)
def look_again(place_id: UUID) -> Answer:
    """Put what was refused back into the queue."""
    form = Form.empty(RefusalSchema())
    with form.catching(), transaction() as session:
        releases.look_again(
            session,
            actor=current_actor(),
            place_id=place_id,
            seal=seal_of(resources().settings),
            now=utc_now(),
        )
    if not form.valid:
        return _decision_page(place_id, form)
    flash(_("It is being looked at again."), "success")
    return redirect(url_for("releases.queue"), 303)


def _decision_page(place_id: UUID, form: Form) -> Answer:
    with reading() as session:
        held = releases.read_held(session, actor=current_actor(), place_id=place_id)
    page = render_template(
        "certification/releases/decision.html",
        held=held,
        form=form,
        refusals=REFUSALS,
        reasons=[(reason.value, sentence) for reason, sentence in REFUSALS.items()],
    )
    return page if form.valid else (page, 422)


@blueprint.get("/release-rule")
@requires(Permission.RELEASE_RULE_CHANGE)
def edit_rule() -> Answer:
    """Which levels are held."""
    return _rule_page(None)


@blueprint.post("/release-rule")
@requires(Permission.RELEASE_RULE_CHANGE)
def change_rule() -> Answer:
    """Hold other levels from now on."""
    form = Form.submitted(ReleaseRuleSchema())
    if form.valid:
        with form.catching(), transaction() as session:
            releases.change_release_rule(
                session, actor=current_actor(), level_codes=form.values["level_codes"], now=utc_now()
            )
    if not form.valid:
        return _rule_page(form)
    flash(_("The new rule holds from now on. What waits already stays in the queue."), "success")
    return redirect(url_for("releases.edit_rule"), 303)


def _rule_page(form: Form | None) -> Answer:
    with reading() as session:
        rule, history, levels = releases.read_release_rules(session, actor=current_actor())
    shown = form or Form.empty(ReleaseRuleSchema(), level_codes=list(rule.level_codes))
    page = render_template("certification/releases/rule.html", form=shown, history=history, levels=levels)
    return page if shown.valid else (page, 422)
