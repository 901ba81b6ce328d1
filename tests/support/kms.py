"""A key management service on this machine: the two calls of AWS KMS that signing needs, over its JSON protocol."""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


@dataclass
class FakeKms:
    """What it holds, and how it behaves."""

    keys: dict[str, Ed25519PrivateKey | ec.EllipticCurvePrivateKey] = field(default_factory=dict)
    #: How many of the next calls fail with an inner error.
    failures: int = 0
    #: While this is not set, calls do not return.
    may_answer: threading.Event = field(default_factory=threading.Event)
    calls: int = 0
    url: str = ""

    def answer(self, action: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.calls += 1
        self.may_answer.wait(30)
        if self.failures:
            self.failures -= 1
            return 500, {"__type": "KMSInternalException"}
        key = self.keys.get(body["KeyId"])
        if key is None:
            return 400, {"__type": "NotFoundException", "message": "no such key"}
        if action == "GetPublicKey":
            der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            return 200, {"KeyId": body["KeyId"], "PublicKey": base64.b64encode(der).decode()}
        return 200, {"KeyId": body["KeyId"], "Signature": base64.b64encode(_signature(key, body)).decode()}


def _signature(key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, body: dict[str, Any]) -> bytes:
    message, how = base64.b64decode(body["Message"]), (body["MessageType"], body["SigningAlgorithm"])
    assert len(message) <= 4096
    if isinstance(key, Ed25519PrivateKey):
        assert how == ("RAW", "ED25519_SHA_512")
        return key.sign(message)
    assert how == ("DIGEST", "ECDSA_SHA_256")
    return key.sign(message, ec.ECDSA(utils.Prehashed(hashes.SHA256())))


@contextmanager
def fake_kms() -> Iterator[FakeKms]:
    """The service, ended with the block."""
    kms = FakeKms()
    kms.may_answer.set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = kms.answer(self.headers["X-Amz-Target"].removeprefix("TrentService."), body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kms.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kms
    finally:
        kms.may_answer.set()
        server.shutdown()
        server.server_close()
