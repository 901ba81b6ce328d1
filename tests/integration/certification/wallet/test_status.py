"""A copy in a wallet follows what becomes of its certificate, and of the phone."""

from services.certification.domain.status import StatusPurpose
from services.certification.operations.seals import seal_of
from services.certification.operations.status import set_status
from shared.kernel.clock import utc_now
from tests.support.pages import text_of
from tests.support.wallet import Verifier
from tests.support.wallet_holders import API, Holder, ask, fetch_credential, proof_for, token_of


def test_revoking_the_certificate_revokes_every_copy(holder: Holder, verifier: Verifier) -> None:
    credentials = [fetch_credential(holder.wallet(holder.offer())) for _ in range(2)]
    assert [verifier.status_of(credential) for credential in credentials] == [0, 0]
    holder.revoke()
    assert [verifier.status_of(credential) for credential in credentials] == [1, 1]


def test_what_is_suspended_is_suspended_in_wallets_and_comes_back(holder: Holder, verifier: Verifier) -> None:
    credential = fetch_credential(holder.wallet(holder.offer()))
    seal = seal_of(holder.world.service.resources.settings)
    for value, expected in ((1, 2), (0, 0)):
        with holder.world.service.transaction() as session:
            set_status(
                session,
                subject_id=holder.certificate.id,
                purpose=StatusPurpose.SUSPENSION,
                value=value,
                seal=seal,
                now=utc_now(),
            )
        assert verifier.status_of(credential) == expected


def test_a_lost_phone_is_withdrawn_without_touching_the_certificate(holder: Holder, verifier: Verifier) -> None:
    address = holder.offer()
    lost = fetch_credential(holder.wallet(address))
    kept = fetch_credential(holder.wallet(holder.offer()))
    assert holder.browser.post(f"{address}/withdraw").status_code == 303
    assert verifier.status_of(lost) == 1
    assert verifier.status_of(kept) == 0
    assert "withdrawn" in holder.browser.words(holder.page)
    assert "genuine and valid" in holder.world.service.client().words(f"/v/{holder.certificate.number}")


def test_a_revoked_certificate_is_neither_offered_nor_issued(holder: Holder) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    holder.revoke()
    refused = ask(wallet, token, proof_for(wallet))
    assert (refused.status_code, refused.get_json()["error"]) == (400, "credential_request_denied")
    page = holder.browser.post(holder.page, data={"given_name": "Şükrü", "family_name": "Özdoğan-Yıldız"})
    assert page.status_code == 422
    assert "cannot be put into a wallet" in text_of(page.text)


def test_a_wallet_tells_what_became_of_the_copy(holder: Holder, verifier: Verifier) -> None:
    wallet = holder.wallet(holder.offer())
    token = token_of(wallet)
    answer = ask(wallet, token, proof_for(wallet)).get_json()
    headers = {"Authorization": f"Bearer {token}"}
    notice = {"notification_id": answer["notification_id"], "event": "credential_accepted"}
    for _ in range(2):
        assert wallet.client.post(f"{API}/notification", json=notice, headers=headers).status_code == 204
    credential = answer["credentials"][0]["credential"]
    assert verifier.status_of(credential) == 0
    unknown = wallet.client.post(f"{API}/notification", json={**notice, "notification_id": "x"}, headers=headers)
    assert (unknown.status_code, unknown.get_json()["error"]) == (400, "invalid_notification_id")
    strange = wallet.client.post(f"{API}/notification", json={**notice, "event": "sold"}, headers=headers)
    assert (strange.status_code, strange.get_json()["error"]) == (400, "invalid_notification_request")
    assert wallet.client.post(f"{API}/notification", json=notice).status_code == 401
    gone = {**notice, "event": "credential_deleted"}
    assert wallet.client.post(f"{API}/notification", json=gone, headers=headers).status_code == 204
    assert verifier.status_of(credential) == 1, "what no wallet holds counts nowhere"
