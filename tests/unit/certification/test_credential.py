"""The signature holds under implementations that are not ours, and breaks with every change."""

import copy
import hashlib
import json
from collections.abc import Iterator
from typing import Any

import base58
import pytest
from openbadgeslib.ob3 import OB3LdpVerifier
from openvc.keys import Ed25519SigningKey
from openvc.proof.data_integrity import DataIntegrityProofSuite
from pyld import jsonld

from services.certification.adapters.canonical import canonical_form
from services.certification.adapters.contexts import UnknownContext, load_context
from services.certification.adapters.keyring import SealingKey
from services.certification.adapters.proofs import has_valid_proof
from services.certification.adapters.seal import Seal
from services.certification.domain.credential import BADGES_CONTEXT, CONTEXTS, Credential, HashedName, holder_of

from .conftest import NOW

_DISPUTED_TERMS = ("awardedDate", "inLanguage", "jti", "endorsementJwt")


def pem(key: SealingKey) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public_key = Ed25519PublicKey.from_public_bytes(key.signer.public_bytes)
    return public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def pinned_loader(url: str, _options: Any) -> dict[str, Any]:
    """PyLD's way to the same contexts."""
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": load_context(url)}}


def canonical_by_pyld(document: dict[str, Any]) -> bytes:
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": pinned_loader,
        "base": "",
        "extractAllScripts": False,
    }
    return jsonld.normalize(document, options).encode()


def test_the_canonical_form_is_that_of_another_implementation(credential: Credential) -> None:
    document = credential.to_document()
    assert canonical_form(document) == canonical_by_pyld(document)


def test_the_signature_is_reproduced_by_another_implementation(
    credential: Credential, seal: Seal, key: SealingKey
) -> None:
    signed = seal.sign(credential.to_document(), key=key, now=NOW)
    configuration = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    hashes = (
        hashlib.sha256(canonical_by_pyld(configuration | {"@context": signed["@context"]})).digest()
        + hashlib.sha256(canonical_by_pyld(credential.to_document())).digest()
    )
    assert base58.b58decode(signed["proof"]["proofValue"][1:]) == key.signer.sign(hashes)


def test_openbadgeslib_verifies_it_and_refuses_it_changed(credential: Credential, seal: Seal, key: SealingKey) -> None:
    signed = seal.sign(credential.to_document(), key=key, now=NOW)
    verified = OB3LdpVerifier(pem(key)).verify(json.dumps(signed))
    assert verified.achievement.name == "Grundkurs"
    with pytest.raises(Exception, match=r".+"):
        OB3LdpVerifier(pem(key)).verify(json.dumps(signed | {"name": "Aufbaukurs"}))


def test_openvc_verifies_it_and_refuses_it_changed(credential: Credential, seal: Seal, key: SealingKey) -> None:
    import base64

    signed = seal.sign(credential.to_document(), key=key, now=NOW)
    x = base64.urlsafe_b64encode(key.signer.public_bytes).rstrip(b"=").decode()
    arguments = {
        "public_key_jwk": {"kty": "OKP", "crv": "Ed25519", "x": x},
        "extra_contexts": {url: {"@context": load_context(url)} for url in CONTEXTS},
    }
    suite = DataIntegrityProofSuite()
    assert suite.verify(copy.deepcopy(signed), **arguments).issuer == seal.issuer.did
    with pytest.raises(Exception, match=r".+"):
        suite.verify(signed | {"name": "Aufbaukurs"}, **arguments)
    assert Ed25519SigningKey


def paths_of_texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from paths_of_texts(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths_of_texts(inner, (*path, index))
    elif isinstance(value, str):
        yield path


def test_every_text_of_the_document_is_under_the_seal(credential: Credential, seal: Seal, key: SealingKey) -> None:
    signed = seal.sign(credential.to_document(), key=key, now=NOW)
    assert has_valid_proof(signed, public_key=key.multibase)
    for path in paths_of_texts({name: value for name, value in signed.items() if name != "@context"}):
        changed = copy.deepcopy(signed)
        holder = changed
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = _other(holder[path[-1]])
        assert not has_valid_proof(changed, public_key=key.multibase), path


def _other(text: str) -> str:
    if text.startswith(("http", "did:", "urn:")):
        return text + "x"
    if text[:4].isdigit() and "T" in text:
        return text.replace("2026", "2025")
    return text + "x" if not text.startswith("z") else text[:-1] + ("2" if text[-1] != "2" else "3")


def test_the_signature_is_the_same_under_all_contents_of_the_badge_context_in_circulation(
    credential: Credential,
) -> None:
    document = credential.to_document()
    before = canonical_form(document)

    def without_disputed_terms(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: without_disputed_terms(v) for k, v in value.items() if k not in _DISPUTED_TERMS}
        return value

    def load(url: object) -> Any:
        content = load_context(url)
        return without_disputed_terms(content) if url == BADGES_CONTEXT else content

    assert canonical_form(document, load=load) == before
    text = json.dumps(document)
    assert not any(f'"{term}"' in text for term in _DISPUTED_TERMS)


def test_no_member_of_the_document_is_lost_on_its_way_to_the_signature(credential: Credential) -> None:
    lines = canonical_form(credential.to_document()).decode()
    for path in paths_of_texts({n: v for n, v in credential.to_document().items() if n != "@context"}):
        value = credential.to_document()
        for step in path:
            value = value[step]
        text = str(value)
        if path[-1] == "type" or "type" in path[-2:] or text.startswith("1EdTech"):
            continue
        assert json.dumps(text, ensure_ascii=False)[1:-1] in lines, path


def test_a_document_that_brings_a_context_of_its_own_is_refused(credential: Credential) -> None:
    for foreign in ("https://example.org/context", {"name": "https://example.org/other"}):
        with pytest.raises(UnknownContext):
            canonical_form(credential.to_document() | {"@context": [*CONTEXTS, foreign]})


def test_the_name_can_be_compared_and_not_read(credential: Credential) -> None:
    holder = holder_of(credential.to_document())
    assert holder == HashedName.of("  şükrü özdoğan yıldız ", salt="00ff")
    assert holder.matches("Şükrü Özdoğan-Yıldız")
    assert not holder.matches("Sukru Ozdogan-Yildiz")
    assert "Özdoğan" not in json.dumps(credential.to_document(), ensure_ascii=False)
