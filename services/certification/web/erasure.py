"""The office erases a person's data from certificates and trust log: what goes, what stays, a typed name, done."""

from uuid import UUID

from flask import Blueprint, url_for
from flask_babel import gettext as _

from services.certification.domain.permissions import Permission
from services.certification.operations import erasure
from services.certification.web.schemas.certificates import ErasureSchema
from shared.kernel.clock import utc_now
from shared.web import current_actor, reading, requires, resources
from shared.web.forms import Answer, Form, form_page, take_form

blueprint = Blueprint("erasure", __name__, url_prefix="/certification/office/people")


@blueprint.get("/<uuid:person_id>/erase")
@requires(Permission.PERSON_ERASE)
def ask(person_id: UUID) -> Answer:
    """What goes and what stays."""
    return _page(person_id, Form.empty(ErasureSchema()))


@blueprint.post("/<uuid:person_id>/erase")
@requires(Permission.PERSON_ERASE)
def erase(person_id: UUID) -> Answer:
    """Erase, once the name was typed."""
    return take_form(
        ErasureSchema(),
        lambda session, values: erasure.erase_named_person(
            session,
            actor=current_actor(),
            person_id=person_id,
            typed_name=values["name"],
            documents=resources().documents,
            now=utc_now(),
        ),
        again=lambda form: _page(person_id, form),
        said=_("The person's data are erased. Nothing here says any more whose certificates these were."),
        onward=lambda _erased: url_for("office.list_certificates"),
    )


def _page(person_id: UUID, form: Form) -> Answer:
    with reading() as session:
        planned = erasure.read_erasure(session, actor=current_actor(), person_id=person_id)
    return form_page("certification/office/erase.html", form, planned=planned)
