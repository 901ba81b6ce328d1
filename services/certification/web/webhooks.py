"""The office's pages of webhooks: who is told of what, what became of the messages, and once more."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from services.certification.domain.permissions import Permission
from services.certification.domain.webhooks import NEWS, WebhookEvent, WebhookState
from services.certification.operations import webhooks
from services.certification.web.schemas.machines import WebhookSchema
from services.certification.web.words import WEBHOOK_EVENTS, WEBHOOK_STATES
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources, transaction
from shared.web.forms import Form

blueprint = Blueprint("webhooks", __name__, url_prefix="/certification/office/webhooks")

Answer = str | Response | tuple[str, int]


@blueprint.get("")
@requires(Permission.WEBHOOK_MANAGE)
def list_all() -> Answer:
    """Every webhook, and the form for a new one."""
    return _list_page(Form.empty(WebhookSchema()))


@blueprint.post("")
@requires(Permission.WEBHOOK_MANAGE)
def make() -> Answer:
    """Tell a new address."""
    form, webhook = Form.submitted(WebhookSchema()), None
    if form.valid:
        with form.catching(), transaction() as session:
            webhook = webhooks.make_webhook(
                session,
                actor=current_actor(),
                name=form.values["name"],
                url=form.values["url"].strip(),
                events=frozenset(map(WebhookEvent, form.values["events"])),
                mode=resources().settings.webhook_targets,
                now=utc_now(),
            )
    if webhook is None:
        return _list_page(form)
    flash(_("From now on this address is told. Send a test message to see whether it arrives."), "success")
    return redirect(url_for("webhooks.show", webhook_id=webhook.id), 303)


@blueprint.get("/<uuid:webhook_id>")
@requires(Permission.WEBHOOK_MANAGE)
def show(webhook_id: UUID) -> str:
    """One webhook with its secret and the newest messages."""
    with reading() as session:
        webhook, messages = webhooks.read_webhook(session, actor=current_actor(), webhook_id=webhook_id)
    return render_template(
        "certification/machines/webhook.html",
        webhook=webhook,
        messages=messages,
        states=WEBHOOK_STATES,
        events=WEBHOOK_EVENTS,
        is_active=webhook.state is WebhookState.ACTIVE,
    )


@blueprint.post("/<uuid:webhook_id>/pause")
@requires(Permission.WEBHOOK_MANAGE)
def pause(webhook_id: UUID) -> Response:
    """Send nothing until somebody says so."""
    _set_state(webhook_id, WebhookState.PAUSED)
    flash(_("Nothing is sent for now. What happens meanwhile is sent afterwards."), "success")
    return _back_to(webhook_id)


@blueprint.post("/<uuid:webhook_id>/go-on")
@requires(Permission.WEBHOOK_MANAGE)
def go_on(webhook_id: UUID) -> Response:
    """Send again."""
    _set_state(webhook_id, WebhookState.ACTIVE)
    flash(_("Messages are sent again."), "success")
    return _back_to(webhook_id)


@blueprint.post("/<uuid:webhook_id>/test")
@requires(Permission.WEBHOOK_MANAGE)
def send_test(webhook_id: UUID) -> Response:
    """Send a message that says nothing."""
    with transaction() as session:
        webhooks.send_test(session, actor=current_actor(), webhook_id=webhook_id, now=utc_now())
    flash(_("A test message is on its way. Load this page again in a few seconds."), "success")
    return _back_to(webhook_id)


@blueprint.post("/<uuid:webhook_id>/messages/<uuid:message_id>/again")
@requires(Permission.WEBHOOK_MANAGE)
def send_again(webhook_id: UUID, message_id: UUID) -> Response:
    """Send a message once more."""
    with transaction() as session:
        webhooks.send_again(session, actor=current_actor(), webhook_id=webhook_id, message_id=message_id, now=utc_now())
    flash(_("The message is sent once more. Load this page again in a few seconds."), "success")
    return _back_to(webhook_id)


@blueprint.post("/<uuid:webhook_id>/delete")
@requires(Permission.WEBHOOK_MANAGE)
def delete(webhook_id: UUID) -> Response:
    """Forget an address."""
    with transaction() as session:
        webhooks.delete_webhook(session, actor=current_actor(), webhook_id=webhook_id, now=utc_now())
    flash(_("The address and all messages to it are deleted."), "success")
    return redirect(url_for("webhooks.list_all"), 303)


def _set_state(webhook_id: UUID, state: WebhookState) -> None:
    with transaction() as session:
        webhooks.set_webhook_state(session, actor=current_actor(), webhook_id=webhook_id, state=state, now=utc_now())


def _back_to(webhook_id: UUID) -> Response:
    return redirect(url_for("webhooks.show", webhook_id=webhook_id), 303)


def _list_page(form: Form) -> Answer:
    with reading() as session:
        found = webhooks.list_webhooks(session, actor=current_actor())
    page = render_template(
        "certification/machines/webhooks.html",
        webhooks=found,
        form=form,
        states=WEBHOOK_STATES,
        choices=[(event.value, WEBHOOK_EVENTS[event]) for event in NEWS],
        events=WEBHOOK_EVENTS,
    )
    return page if form.valid else (page, 422)
