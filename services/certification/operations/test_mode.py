"""Test mode: credentials that look like real ones to software, and that nobody can take for real."""

from datetime import datetime
from typing import Any

from services.certification.adapters.open_proofs import Asked, NotProvable, signer_of_proof
from services.certification.adapters.reading import Busy
from services.certification.adapters.seal import Seal
from services.certification.adapters.test_seal import did_of_tests, sign_test_document
from services.certification.domain.data_model import credential_problems, instant_of
from services.certification.domain.errors import CredentialMalformed, UploadsBusy
from services.certification.domain.permissions import PERMISSIONS, Permission
from shared.kernel.actor import Actor
from shared.kernel.permissions import Facts, require

#: What the issuer of a test credential is called where the draft leaves it to us.
_NAME = "TEST – this is no certificate"

Document = dict[str, Any]


def read_test_issuer(*, secret: str) -> str:
    """The `did:key` that signs test credentials."""
    return did_of_tests(secret)


def issue_test_credential(*, actor: Actor, draft: Document, seal: Seal, secret: str, now: datetime) -> Document:
    """Sign any credential that follows the data model, with the test key alone. Touches no database.

    Raises CredentialMalformed, also for a draft that names another issuer than the test key or an address of a real
    certificate, and UploadsBusy.
    """
    require(PERMISSIONS, actor, Permission.TEST_CREDENTIAL_ISSUE, Facts())
    issuer = draft.get("issuer", {"id": did_of_tests(secret), "name": _NAME})
    document = draft | {"issuer": issuer}
    problems = credential_problems(document)
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


def verify_test_credential(*, actor: Actor, document: Document, now: datetime) -> list[str]:
    """What is wrong with a credential of any issuer whose key is its name; nothing where all is right.

    Raises UploadsBusy. Says nothing about certificates: whoever has a key can make such a credential.
    """
    require(PERMISSIONS, actor, Permission.TEST_CREDENTIAL_ISSUE, Facts())
    problems = credential_problems(document)
    if problems:
        return problems
    try:
        signer = signer_of_proof(document, asked=Asked(purpose="assertionMethod"), now=now)
    except Busy as error:
        raise UploadsBusy from error
    issuer = document["issuer"]
    if signer is None or signer != (issuer.get("id") if isinstance(issuer, dict) else issuer):
        problems.append("proof")
    start, end = instant_of(document.get("validFrom")), instant_of(document.get("validUntil"))
    problems += ["validFrom"] if start is not None and start > now else []
    problems += ["validUntil"] if end is not None and end < now else []
    return problems
