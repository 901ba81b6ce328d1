"""Thousands of changed copies from a wallet: what is taken for valid discloses nothing that was not signed."""

from services.certification.domain.verification import Verdict
from tests.support.tampering import tampered
from tests.support.uploads import check
from tests.support.wallet_holders import Holder, fetch_credential

COUNT = 1_000


def test_no_changed_copy_says_more_than_was_signed(holder: Holder) -> None:
    copy = fetch_credential(holder.wallet(holder.offer()))
    genuine = check(holder.world, copy.encode())
    assert genuine is not None
    assert genuine.verdict is Verdict.VALID
    assert genuine.disclosed
    for number, changed in enumerate(tampered(copy.encode(), seed="memo copy", count=COUNT)):
        found = check(holder.world, changed)
        if found is not None and found.verdict is Verdict.VALID:
            assert changed.partition(b"~")[0] == copy.encode().partition(b"~")[0], number
            assert set(found.disclosed) <= set(genuine.disclosed), number
