"""Several proofs in one credential: all must be right, and those that follow others vouch for them."""

from typing import Any

from services.certification.domain.tokens import TokenMode, TokenScope
from tests.support.certification import World
from tests.support.foreign_signer import ForeignSigner
from tests.support.machines import CONTEXT, TEST, post, token

Document = dict[str, Any]

FIRST = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544"


def draft(issuer: ForeignSigner, **more: Any) -> Document:
    return {
        "@context": [CONTEXT],
        "type": ["VerifiableCredential"],
        "issuer": issuer.did,
        "credentialSubject": {"id": "did:example:holder", "name": "Ayşe"},
    } | more


def errors_of(world: World, credential: Document) -> list[str]:
    header = token(world, TokenScope.CREDENTIALS_ISSUE, mode=TokenMode.TEST)
    answer = post(world, f"{TEST}/credentials/verify", {"verifiableCredential": credential}, header)
    errors: list[str] = answer.get_json()["errors"]
    return errors


def test_proofs_of_several_signers_count_where_the_issuer_is_among_them(world: World) -> None:
    issuer, witness = ForeignSigner(), ForeignSigner()
    document = draft(issuer)
    proofs = [issuer.prove(document), witness.prove(document)]
    assert errors_of(world, document | {"proof": proofs}) == []
    assert errors_of(world, document | {"proof": proofs[1:]}) == ["proof"]
    proofs[1]["proofValue"] = proofs[0]["proofValue"]
    assert errors_of(world, document | {"proof": proofs}) == ["proof"]


def test_a_proof_that_follows_another_vouches_for_it(world: World) -> None:
    issuer, witness, other = ForeignSigner(), ForeignSigner(), ForeignSigner()
    document = draft(issuer)
    first = witness.prove(document, id=FIRST)
    for named in (FIRST, [FIRST]):
        second = issuer.prove(document | {"proof": [first]}, previousProof=named)
        assert errors_of(world, document | {"proof": [first, second]}) == []
    replaced = other.prove(document, id=FIRST)
    assert errors_of(world, document | {"proof": [replaced, second]}) == ["proof"]
    assert errors_of(world, document | {"proof": [second]}) == ["proof"]
    missing = issuer.prove(document, previousProof="urn:uuid:not:there")
    assert errors_of(world, document | {"proof": [first, missing]}) == ["proof"]


def test_a_context_may_come_as_a_whole_context_document(world: World) -> None:
    issuer = ForeignSigner()
    terms = {"@context": {"alumniOf": "https://www.example.org/alumniOf"}}
    document = draft(issuer, credentialSubject={"alumniOf": "The School of Examples"})
    document["@context"] = [CONTEXT, terms]
    assert errors_of(world, document | {"proof": issuer.prove(document)}) == []
