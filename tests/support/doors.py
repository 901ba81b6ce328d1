"""Something real behind every door of certification, and somebody of each kind who tries it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from services.certification.models import (
    ApiToken,
    Certificate,
    Endorsement,
    Evidence,
    Share,
    StatusList,
    WalletOffer,
    Webhook,
)
from shared.contracts.enrollment import GrantedRole
from shared.kernel.clock import utc_now
from shared.kernel.ids import new_id
from tests.support.certification import OFFICE, World
from tests.support.passes import awarded, board_of, keep_credential
from tests.support.service import CheckedClient

IN, SIGN_IN, FORBIDDEN, UNKNOWN = "in", "sign in", "forbidden", "unknown"

_KEY = "key-2026-1"


@dataclass(frozen=True)
class Neighbourhood:
    """Who tries the doors, and the values that the variable parts of their addresses have."""

    clients: dict[str, CheckedClient]
    values: dict[str, object]
    #: Variable parts of the same name that mean something else behind this door.
    by_endpoint: dict[str, dict[str, object]]

    def address(self, rule: Rule) -> str:
        """The address of a door with real values; with an id that nothing has where there is nothing yet."""
        values = self.values | self.by_endpoint.get(rule.endpoint, {})
        built = rule.build({name: values.get(name, new_id()) for name in rule.arguments})
        assert built is not None
        return str(built[1])


def outcome(answer: TestResponse) -> str:
    """What a door did: let in, whatever came then; sent to the sign-in; refused; or denied that it is there."""
    location = answer.headers.get("Location", "")
    if answer.status_code == 401 or "/sign-in" in location or "/second-factor" in location:
        return SIGN_IN
    return {403: FORBIDDEN, 404: UNKNOWN}.get(answer.status_code, IN)


def settle(world: World) -> Neighbourhood:
    """A pass, certificates, a share, a wallet's offer, an endorsement, a webhook, a token; and all who may come."""
    association_id, _, (_, certificate) = awarded(world)
    keep_credential(world)
    clients = _people(world, association_id=association_id, certificate=certificate)
    _furnish(clients, certificate)
    with world.service.transaction() as session:
        token = session.scalars(sa.select(Endorsement)).one().token
    clients["stranger"].post(f"/certification/endorsements/{token}", data={"text": "Sie kann es."})
    with world.service.transaction() as session:
        endorsement = session.scalars(sa.select(Endorsement)).one()
        share = session.scalars(sa.select(Share)).one()
        values = {
            "number": certificate.number,
            "typed": certificate.number,
            "association_id": association_id,
            "person_id": certificate.person_id,
            "code": certificate.level_code,
            "level_code": certificate.level_code,
            "version": 1,
            "step": "revoke",
            "what": "show",
            "purpose": "revocation",
            "reference": "unknown",
            "share_id": share.id,
            "endorsement_id": endorsement.id,
            "evidence_id": session.scalars(sa.select(Evidence)).one().id,
            "offer_id": session.scalars(sa.select(WalletOffer)).one().id,
            "webhook_id": session.scalars(sa.select(Webhook)).one().id,
            "token_id": session.scalars(sa.select(ApiToken)).one().id,
            "token": endorsement.token,
        }
        status = session.scalars(sa.select(StatusList.code).limit(1)).one()
        by_endpoint = {
            "shares.open_link": {"token": share.token},
            "register.status_list": {"code": status},
            **{f"keys.{view}": {"code": _KEY} for view in ("show", "ask", "take", "ask_to_reissue", "reissue")},
        }
    return Neighbourhood(clients=clients, values=values, by_endpoint=by_endpoint)


def _people(world: World, *, association_id: UUID, certificate: Certificate) -> dict[str, CheckedClient]:
    service = world.service
    authority = GrantedRole(role="authority", scope_kind="programme")
    carrier = GrantedRole(role="carrier_staff", scope_kind="carrier", scope_id=new_id())
    office_id = world.person("Petra Büro", roles=(OFFICE,))
    return {
        "nobody": service.client(),
        "holder": service.client_of(certificate.person_id, methods=("pwd",)),
        "stranger": service.client_of(world.person()),
        "board": board_of(world, association_id),
        "carrier": service.client_of(world.person("Tim Träger", roles=(carrier,))),
        "authority": service.client_of(world.person("Mira Ministerium", roles=(authority,))),
        "half": service.client_of(office_id, methods=("pwd",)),
        "office": service.client_of(office_id),
    }


def _furnish(clients: dict[str, CheckedClient], certificate: Certificate) -> None:
    own, office = f"/certification/certificates/{certificate.number}", "/certification/office"
    events = ["certificate.issued"]
    until = (utc_now() + timedelta(days=30)).date().isoformat()
    token = {"name": "Ulm", "mode": "live", "scopes": ["certificates:read"], "expires_on": until}
    given: list[tuple[str, str, dict[str, str | list[str]]]] = [
        ("holder", f"{own}/sharing/links", {"label": "Rathaus", "days": "30"}),
        ("holder", f"{own}/sharing/evidence", {"title": "Ein Fest", "description": "Mit allen."}),
        ("holder", f"{own}/sharing/endorsements", {"asked_name": "Trainerin"}),
        ("holder", f"{own}/wallet", {"given_name": "Maria", "family_name": "Nowak"}),
        ("office", f"{office}/tokens", token),
        ("office", f"{office}/webhooks", {"name": "Ulm", "url": "https://ulm.example/memo", "events": events}),
    ]
    for who, path, data in given:
        assert clients[who].post(path, data=data).status_code < 400, path
