"""Every door of certification and everybody who tries it: a page that is missing in the table fails here."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.support.certification import World
from tests.support.doors import FORBIDDEN, IN, SIGN_IN, UNKNOWN, Neighbourhood, outcome, settle

_REFUSED = {"nobody": SIGN_IN, "half": SIGN_IN} | dict.fromkeys(
    ("holder", "stranger", "board", "carrier", "authority", "office"), FORBIDDEN
)
_HIDDEN = {who: UNKNOWN if did == FORBIDDEN else did for who, did in _REFUSED.items()}

#: What the doors of each group do to whom. Rows of others are not found, never forbidden.
GROUPS: dict[str, dict[str, str]] = {
    "EVERYBODY": dict.fromkeys(_REFUSED, IN),
    # Open to everybody; in this test nothing lies behind it.
    "NOTHING_THERE": dict.fromkeys(_REFUSED, UNKNOWN),
    "SIGNED_IN": dict.fromkeys(_REFUSED, IN) | {"nobody": SIGN_IN},
    "HOLDER": _HIDDEN | {"holder": IN, "half": UNKNOWN},
    "HOLDER_OR_OFFICE": _HIDDEN | {"holder": IN, "office": IN},
    # The holder is told in a sentence that nobody speaks for themselves.
    "ENDORSER": _HIDDEN | {"stranger": IN, "holder": IN, "half": UNKNOWN},
    "BOARD": _REFUSED | {"board": IN, "half": FORBIDDEN},
    "BOARD_OR_OFFICE": _REFUSED | {"board": IN, "office": IN},
    "CARRIER_OR_OFFICE": _REFUSED | {"carrier": IN, "office": IN},
    "CARRIER_OF_THE_RUN_OR_OFFICE": _REFUSED | {"carrier": UNKNOWN, "office": IN},
    "AUTHORITY_OR_OFFICE": _REFUSED | {"authority": IN, "office": IN},
    "OFFICE": _REFUSED | {"office": IN},
    # For the office alone; in this test nothing waits there.
    "OFFICE_NOTHING": _REFUSED | {"office": UNKNOWN},
    # A wallet's token counts here and no cookie.
    "WALLET": dict.fromkeys(_REFUSED, SIGN_IN),
}

#: Methods and addresses as the map of the app has them; what deletes stands at the end of its group.
DOORS: dict[str, str] = {
    "EVERYBODY": """
    GET /.well-known/did.json
    GET /.well-known/jwt-vc-issuer
    GET /.well-known/oauth-authorization-server
    GET /.well-known/openid-credential-issuer
    GET /api/certification/v1/
    GET /api/certification/v1/log/consistency
    GET /api/certification/v1/log/entries
    GET /api/certification/v1/log/heads
    GET /api/certification/v1/log/inclusion
    GET /api/certification/v1/log/keys
    GET /api/certification/v1/openapi.json
    GET /api/certification/v1/register/multipliers
    GET /api/certification/v1/register/passes
    GET /api/certification/v1/verifications/<number>
    POST /api/certification/vc-api/credentials/verify
    POST /api/certification/vc-api/presentations/verify
    GET /api/certification/vc-api/test/issuer
    GET /api/certification/vc-api/test/status/<purpose>
    POST /api/certification/wallet/nonce
    POST /api/certification/wallet/token
    GET /certification/achievements/<code>
    GET /certification/achievements/<code>/badge.png
    GET /certification/achievements/<code>/badge.svg
    GET /certification/achievements/memo-pass
    GET /certification/log
    GET /certification/log/memo_log_audit.py
    GET /certification/register/multipliers
    GET /certification/register/passes
    GET /certification/shared/<token>
    GET /certification/status/<code>
    GET /certification/wallet/types/<code>
    GET /healthz
    GET /metrics
    GET /readyz
    GET /v/
    GET /v/<typed>
    GET /v/<typed>/badge.svg
    GET /v/<typed>/copy
    GET /v/<typed>/embed
    POST /v/<typed>/name
    GET /v/<typed>/statement.json
    POST /v/file
    GET /v/kept
    GET /v/worker.js
    """,
    "NOTHING_THERE": """
    GET /api/certification/v1/log/checkpoint
    GET /api/certification/v1/log/head
    GET /api/certification/wallet/offers/<reference>
    GET /certification/register/multipliers/<uuid:public_id>
    POST /certification/register/multipliers/<uuid:public_id>
    GET /certification/wallet/status/<code>
    """,
    "SIGNED_IN": """
    GET /api/certification/v1/certificates
    GET /certification/
    GET /certification/everything.zip
    GET /certification/multipliers/mine
    POST /certification/multipliers/mine
    POST /certification/multipliers/mine/withdraw
    """,
    "HOLDER": """
    GET /certification/certificates/<number>/sharing
    POST /certification/certificates/<number>/sharing/endorsements
    POST /certification/certificates/<number>/sharing/endorsements/<uuid:endorsement_id>/<any(show, hide, delete):what>
    POST /certification/certificates/<number>/sharing/evidence
    POST /certification/certificates/<number>/sharing/links
    POST /certification/certificates/<number>/sharing/name
    GET /certification/certificates/<number>/wallet
    POST /certification/certificates/<number>/wallet
    GET /certification/certificates/<number>/wallet/<uuid:offer_id>
    POST /certification/certificates/<number>/wallet/<uuid:offer_id>/renew
    POST /certification/certificates/<number>/sharing/evidence/<uuid:evidence_id>/delete
    POST /certification/certificates/<number>/sharing/links/<uuid:share_id>/end
    POST /certification/certificates/<number>/wallet/<uuid:offer_id>/withdraw
    """,
    "HOLDER_OR_OFFICE": """
    GET /api/certification/v1/certificates/<number>/credential
    GET /api/certification/v1/certificates/<number>/elm
    GET /certification/certificates/<number>
    GET /certification/certificates/<number>/badge.png
    GET /certification/certificates/<number>/badge.svg
    GET /certification/certificates/<number>/credential.json
    GET /certification/certificates/<number>/credential.jwt
    GET /certification/certificates/<number>/document.pdf
    GET /certification/certificates/<number>/document
    GET /certification/certificates/<number>/reissue
    POST /certification/certificates/<number>/reissue
    """,
    "ENDORSER": """
    GET /certification/endorsements/<token>
    POST /certification/endorsements/<token>
    POST /certification/endorsements/<token>/withdraw
    """,
    "BOARD": """
    GET /certification/passes/<uuid:association_id>/entry
    POST /certification/passes/<uuid:association_id>/entry
    POST /certification/passes/<uuid:association_id>/entry/withdraw
    """,
    "BOARD_OR_OFFICE": """
    GET /api/certification/v1/associations/<uuid:association_id>/pass
    GET /certification/passes
    GET /certification/passes/<uuid:association_id>
    GET /certification/passes/<uuid:association_id>/badge.png
    GET /certification/passes/<uuid:association_id>/badge.svg
    GET /certification/passes/<uuid:association_id>/credential.json
    GET /certification/passes/<uuid:association_id>/document.pdf
    GET /certification/passes/<uuid:association_id>/document
    POST /certification/passes/<uuid:association_id>/renew
    """,
    "CARRIER_OR_OFFICE": """
    GET /certification/ceremonies
    """,
    "CARRIER_OF_THE_RUN_OR_OFFICE": """
    GET /certification/ceremonies/certificates.zip
    GET /certification/ceremonies/letters.pdf
    """,
    "AUTHORITY_OR_OFFICE": """
    GET /api/certification/v1/passes
    GET /certification/office/passes
    GET /certification/office/passes/export.csv
    GET /certification/office/passes/statistics
    """,
    "OFFICE": """
    POST /api/certification/vc-api/credentials/issue
    POST /api/certification/vc-api/credentials/status
    POST /api/certification/vc-api/test/credentials/issue
    POST /api/certification/vc-api/test/credentials/verify
    POST /api/certification/vc-api/test/presentations/verify
    GET /certification/office/batches
    POST /certification/office/batches
    GET /certification/office/certificates
    GET /certification/office/certificates/<number>/reissue
    POST /certification/office/certificates/<number>/reissue
    GET /certification/office/certificates/<number>/revoke
    GET /certification/office/keys
    GET /certification/office/keys/<code>
    GET /certification/office/keys/<code>/<step>
    GET /certification/office/keys/<code>/reissue
    POST /certification/office/keys/<code>/reissue
    POST /certification/office/keys/<code>/<step>
    GET /certification/office/pass-rule
    POST /certification/office/pass-rule
    GET /certification/office/people/<uuid:person_id>/erase
    POST /certification/office/people/<uuid:person_id>/erase
    GET /certification/office/reissues
    GET /certification/office/release-rule
    POST /certification/office/release-rule
    GET /certification/office/releases
    POST /certification/office/releases
    GET /certification/office/reviews
    POST /certification/office/reviews/<number>/close
    GET /certification/office/templates
    GET /certification/office/templates/<level_code>
    GET /certification/office/templates/<level_code>/<int:version>
    GET /certification/office/templates/<level_code>/<int:version>/preview.pdf
    POST /certification/office/templates/<level_code>/discard
    GET /certification/office/templates/<level_code>/draft
    POST /certification/office/templates/<level_code>/draft
    POST /certification/office/templates/<level_code>/publish
    GET /certification/office/tokens
    POST /certification/office/tokens
    GET /certification/office/webhooks
    POST /certification/office/webhooks
    GET /certification/office/webhooks/<uuid:webhook_id>
    POST /certification/office/webhooks/<uuid:webhook_id>/go-on
    POST /certification/office/webhooks/<uuid:webhook_id>/messages/<uuid:message_id>/again
    POST /certification/office/webhooks/<uuid:webhook_id>/pause
    POST /certification/office/webhooks/<uuid:webhook_id>/test
    POST /certification/office/certificates/<number>/revoke
    POST /certification/office/tokens/<uuid:token_id>/revoke
    POST /certification/office/webhooks/<uuid:webhook_id>/delete
    """,
    "OFFICE_NOTHING": """
    GET /certification/office/batches/<uuid:batch_id>
    POST /certification/office/batches/<uuid:batch_id>/cancel
    POST /certification/office/batches/<uuid:batch_id>/pause
    GET /certification/office/batches/<uuid:batch_id>/report.csv
    POST /certification/office/batches/<uuid:batch_id>/resume
    GET /certification/office/reissues/<uuid:request_id>
    POST /certification/office/reissues/<uuid:request_id>/grant
    POST /certification/office/reissues/<uuid:request_id>/refuse
    GET /certification/office/releases/<uuid:place_id>
    POST /certification/office/releases/<uuid:place_id>/again
    POST /certification/office/releases/<uuid:place_id>/refuse
    POST /certification/office/releases/<uuid:place_id>/release
    """,
    "WALLET": """
    POST /api/certification/wallet/credential
    POST /api/certification/wallet/notification
    """,
}


def doors_of(app: Flask) -> dict[str, Rule]:
    """Every method at every address but the built files."""
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def listed(group: str) -> list[str]:
    return [line.strip() for line in DOORS[group].strip().splitlines()]


@pytest.fixture
def neighbourhood(world: World) -> Neighbourhood:
    return settle(world)


def test_every_door_stands_in_the_table_once(world: World) -> None:
    everything = [door for group in DOORS for door in listed(group)]
    doors = doors_of(world.service.app)
    assert (doors.keys() - set(everything), set(everything) - doors.keys()) == (set(), set())
    assert len(everything) == len(doors)


def test_every_door_lets_in_exactly_whom_it_is_for(world: World, neighbourhood: Neighbourhood) -> None:
    rules = doors_of(world.service.app)
    wrong = []
    for group, expected in GROUPS.items():
        for door in listed(group):
            method, address = door.split()[0], neighbourhood.address(rules[door])
            # Who is refused comes first, so that nothing is used up before they have tried.
            for who in sorted(expected, key=lambda who: expected[who] == IN):
                did = outcome(neighbourhood.clients[who].open(address, method=method))
                if did != _told(expected[who], who=who, address=address):
                    wrong.append(f"{door}: {who} {did}, not {expected[who]}")
    assert wrong == []


def _told(expected: str, *, who: str, address: str) -> str:
    """Whoever lacks the second factor is refused at the JSON doors; there is no page to send a program to."""
    is_json = address.startswith("/api/") and "/wallet/" not in address
    return FORBIDDEN if who == "half" and expected == SIGN_IN and is_json else expected
