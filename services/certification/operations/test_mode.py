"""Test mode: credentials that look like real ones to software, and that nobody can take for real."""

from datetime import datetime
from typing import Any

from services.certification.adapters.open_proofs import Asked, NotProvable, signers_of_proofs
from services.certification.adapters.reading import Busy
from services.certification.adapters.seal import Seal
from services.certification.adapters.test_seal import did_of_tests, sign_test_document
from services.certification.domain.bitstring import status_problems
from services.certification.domain.data_model import credential_problems, instant_of
from services.certification.domain.errors import CredentialMalformed, UploadsBusy
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.operations.test_status import Lists, WantedStatus, check_status, draw_entry
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

#: What the issuer of a test credential is called where the draft leaves it to us.
_NAME = "TEST – this is no certificate"

Document = dict[str, Any]


def read_test_issuer(*, secret: str) -> str:
    """The `did:key` that signs test credentials."""
    return did_of_tests(secret)


def issue_test_credential(
    *, actor: Actor, draft: Document, status: WantedStatus | None = None, seal: Seal, secret: str, now: datetime
) -> Document:
    """Sign any credential that follows the data model, with the test key alone. Touches no database.

    Where a status is wanted, an entry of test mode's own list is added. Raises CredentialMalformed, also for a draft
    that names another issuer than the test key or an address of a real certificate, and UploadsBusy.
    """
    require(PERMISSIONS, actor, Permission.TEST_CREDENTIAL_ISSUE, Facts())
    issuer = draft.get("issuer", {"id": did_of_tests(secret), "name": _NAME})
    document = draft | {"issuer": issuer}
    if status is not None:
        document["credentialStatus"] = [*_given(draft), draw_entry(status, seal=seal)]
    problems = credential_problems(document) + status_problems(document)
    named = issuer.get("id") if isinstance(issuer, dict) else issuer
    if named != did_of_tests(secret):
        problems.append("issuer")
    if "proof" in draft:
        problems.append("proof")
    if str(draft.get("id", "")).startswith(seal.verification_url("")):
        problems.append("id")
    if problems:
        raise CredentialMalformed(problems=tuple(dict.fromkeys(problems)))
    try:
        return sign_test_document(document, secret=secret, now=now)
    except NotProvable as error:
        raise CredentialMalformed(problems=("terms",)) from error
    except Busy as error:
        raise UploadsBusy from error


def verify_test_credential(*, actor: Actor, document: Document, lists: Lists, now: datetime) -> list[str]:
    """What is wrong with a credential of any issuer whose key is its name; nothing where all is right.

    A status list of others is fetched where `lists` allows it. Raises UploadsBusy. Says nothing about certificates:
    whoever has a key can make such a credential.
    """
    require(PERMISSIONS, actor, Permission.TEST_CREDENTIAL_ISSUE, Facts())
    problems = credential_problems(document) + status_problems(document)
    if problems:
        return problems
    try:
        signers = signers_of_proofs(document, asked=Asked(purpose="assertionMethod"), now=now)
    except Busy as error:
        raise UploadsBusy from error
    issuer = document["issuer"]
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) not in signers:
        problems.append("proof")
    start, end = instant_of(document.get("validFrom")), instant_of(document.get("validUntil"))
    problems += ["validFrom"] if start is not None and start > now else []
    problems += ["validUntil"] if end is not None and end < now else []
    return problems or check_status(document, lists=lists, now=now)


def _given(draft: Document) -> list[Any]:
    given = draft.get("credentialStatus", [])
    return given if isinstance(given, list) else [given]
