"""A wallet as somebody else would write it: it knows the standard, our public addresses, and nothing of our code."""

import base64
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey
from openvc.jwt_vc_issuer import resolve_jwt_vc_issuer_key
from openvc.keys import P256SigningKey
from openvc.openid4vci import CredentialIssuerMetadata, parse_credential_issuer_metadata, parse_credential_offer
from openvc.proof.sd_jwt import SdJwtVcProofSuite, VerifiedSdJwt
from openvc.status.issue import verify_status_list_token
from openvc.status.token_status_list import decode_status_list, get_status
from werkzeug.test import TestResponse

from tests.support.service import CheckedClient

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@dataclass
class Wallet:
    """One app on one phone: what it has read, and the key that it holds."""

    client: CheckedClient
    link: str
    key: P256SigningKey = field(default_factory=lambda: P256SigningKey.generate("holder"))

    def get(self, url: str) -> TestResponse:
        return self.client.get(urlsplit(url).path)

    def post(self, url: str, **more: Any) -> TestResponse:
        return self.client.post(urlsplit(url).path, **more)

    @property
    def offer_url(self) -> str:
        return parse_qs(urlsplit(self.link).query)["credential_offer_uri"][0]

    def read_offer(self) -> dict[str, Any]:
        answer = self.get(self.offer_url)
        assert answer.status_code == 200
        assert answer.mimetype == "application/json"
        assert answer.headers["Cache-Control"] == "no-store"
        return dict(parse_credential_offer(answer.get_json()).raw)

    def issuer(self) -> CredentialIssuerMetadata:
        identifier = self.read_offer()["credential_issuer"]
        found = parse_credential_issuer_metadata(
            self.get(f"{identifier}/.well-known/openid-credential-issuer").get_json()
        )
        assert found.credential_issuer == identifier
        return found

    def token_endpoint(self) -> str:
        identifier = self.read_offer()["credential_issuer"]
        described = self.get(f"{identifier}/.well-known/oauth-authorization-server").get_json()
        assert described["issuer"] == identifier
        assert PRE_AUTHORIZED in described["grant_types_supported"]
        assert described["pre-authorized_grant_anonymous_access_supported"] is True
        return str(described["token_endpoint"])

    def ask_for_token(self, endpoint: str, *, code: str, **more: str) -> TestResponse:
        return self.post(endpoint, data={"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code, **more})

    def nonce(self, endpoint: str) -> str:
        answer = self.post(endpoint)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        return str(answer.get_json()["c_nonce"])

    def proof(self, *, audience: str, nonce: str, key: P256SigningKey | None = None, **header: Any) -> str:
        key = key or self.key
        claims = {"aud": audience, "iat": int(time.time()), "nonce": nonce}
        protected = {"typ": "openid4vci-proof+jwt", "alg": "ES256", "jwk": key.public_jwk(), **header}
        return sign(protected, claims, key)


def sign(header: dict[str, Any], claims: dict[str, Any], key: P256SigningKey) -> str:
    """A compact JWS, whatever its header says."""
    parts = [base64url(json.dumps(part).encode()) for part in (header, claims)]
    return ".".join([*parts, base64url(key.sign(".".join(parts).encode()))])


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def disclosures_of(credential: str) -> dict[str, str]:
    """Name of the claim -> its disclosure."""
    named = {}
    for disclosure in credential.split("~")[1:-1]:
        named[json.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))[1]] = disclosure
    return named


def keep_back(credential: str, *names: str) -> str:
    """The credential without the disclosures of some claims."""
    kept = [text for name, text in disclosures_of(credential).items() if name not in names]
    return "~".join([credential.split("~", maxsplit=1)[0], *kept, ""])


def signed_by(credential: str, jwk: dict[str, Any]) -> dict[str, Any]:
    """The claims in the clear, checked by another library than the one that signed."""
    key = ECKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "y")})
    content = jws.deserialize_compact(credential.split("~", maxsplit=1)[0], key, algorithms=["ES256"])
    return dict(json.loads(content.payload))


class Verifier:
    """Whoever is shown a credential: finds the issuer's key and the status list by what stands in it."""

    def __init__(self, client: CheckedClient) -> None:
        self.client = client
        self.suite = SdJwtVcProofSuite()

    def fetch(self, url: str) -> dict[str, Any]:
        return dict(self.client.get(urlsplit(url).path).get_json())

    def key_of(self, credential: str) -> dict[str, Any]:
        issuer, kid = self.suite.peek_issuer(credential)
        return dict(resolve_jwt_vc_issuer_key(issuer, kid, fetch=self.fetch))

    def check(self, presentation: str, *, audience: str, nonce: str) -> VerifiedSdJwt:
        return self.suite.verify(
            presentation,
            public_key_jwk=self.key_of(presentation),
            audience=audience,
            nonce=nonce,
            require_key_binding=True,
        )

    def status_of(self, credential: str) -> int:
        """0 in force, 1 revoked, 2 suspended, as the signed list of the credential says."""
        claims = signed_by(credential, self.key_of(credential))
        reference = claims["status"]["status_list"]
        answer = self.client.get(urlsplit(reference["uri"]).path)
        assert answer.content_type == "application/statuslist+jwt"
        token = verify_status_list_token(
            answer.text, public_key_jwk=self.key_of(credential), expected_uri=reference["uri"]
        )
        listed = token["status_list"]
        return int(get_status(decode_status_list(listed["lst"]), reference["idx"], bits=listed["bits"]))
