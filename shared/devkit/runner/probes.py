"""Small questions to the engines: do you answer yet?"""

import hashlib
import hmac
import http.client
import socket
from collections.abc import Callable
from datetime import UTC, datetime

_PATIENCE_SECONDS = 2.0
_EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()


def answers_http(port: int, path: str) -> Callable[[], bool]:
    """Ready when this path answers 200."""
    return lambda: _http_status(port, path, headers={}) == 200


def answers_ping(port: int, password: str) -> Callable[[], bool]:
    """Ready when Valkey answers PONG, which it does not while it still loads its file."""
    return lambda: b"+PONG" in _exchange(port, f"AUTH {password}\r\nPING\r\n".encode())


def greets(port: int, greeting: bytes) -> Callable[[], bool]:
    """Ready when the server's first line begins like this, as a mail server's does."""
    return lambda: _exchange(port, b"").startswith(greeting)


def has_buckets(port: int, *, access_key: str, secret_key: str, buckets: list[str]) -> Callable[[], bool]:
    """Ready when the S3 server knows all these buckets under these keys."""

    def check() -> bool:
        for bucket in buckets:
            path = f"/{bucket}"
            headers = _signed_headers(f"127.0.0.1:{port}", path, access_key=access_key, secret_key=secret_key)
            if _http_status(port, path, headers=headers) != 200:
                return False
        return True

    return check


def _http_status(port: int, path: str, *, headers: dict[str, str]) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _exchange(port: int, message: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS) as connection:
            if message:
                connection.sendall(message)
            answer = connection.recv(1024)
            if message and answer.startswith(b"+OK") and b"\r\n+" not in answer:
                answer += connection.recv(1024)
            return answer
    except OSError:
        return b""


def _signed_headers(host: str, path: str, *, access_key: str, secret_key: str) -> dict[str, str]:
    """AWS Signature Version 4 of a GET without a body (docs.aws.amazon.com, "Create a signed AWS API request")."""
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{at[:8]}/us-east-1/s3/aws4_request"
    names = "host;x-amz-content-sha256;x-amz-date"
    request = (
        f"GET\n{path}\n\nhost:{host}\nx-amz-content-sha256:{_EMPTY_SHA256}\nx-amz-date:{at}\n\n{names}\n{_EMPTY_SHA256}"
    )
    text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    authorization = f"AWS4-HMAC-SHA256 Credential={access_key}/{scope},SignedHeaders={names},Signature={signature}"
    return {"x-amz-date": at, "x-amz-content-sha256": _EMPTY_SHA256, "Authorization": authorization}
