"""Sending signed messages to addresses of strangers (Standard Webhooks 1.0).

Only https, only addresses that belong to the public internet, no redirect, no proxy, bounds on size and on the whole
time. The name is resolved once and the connection goes to the address that was checked, so that a name cannot mean a
machine of ours a moment later. The mode `local` is for tests on one machine.
"""

import base64
import hashlib
import hmac
import http.client
import socket
import ssl
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from threading import Timer
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from services.certification.adapters.pinned import PinnedConnection
from services.certification.adapters.reading.fetch import is_public

_SECRET_PREFIX = "whsec_"  # noqa: S105 (what every secret begins with)
_SECONDS = 10.0
_MOST_ANSWER = 300
_AT_ONCE = 8


@dataclass(frozen=True)
class Letter:
    """One message on its way."""

    message_id: UUID
    url: str
    secret: str
    body: str


@dataclass(frozen=True)
class Answer:
    """What came back: a status and the beginning of the answer, or a word for why nothing did."""

    message_id: UUID
    status: int | None
    text: str


def new_secret(chance: bytes) -> str:
    """A secret of these bytes, as the standard writes it."""
    return _SECRET_PREFIX + base64.b64encode(chance).decode()


def sign(letter: Letter, *, now: datetime) -> dict[str, str]:
    """The three headers of the standard."""
    timestamp = str(int(now.timestamp()))
    content = f"{letter.message_id}.{timestamp}.{letter.body}".encode()
    key = base64.b64decode(letter.secret.removeprefix(_SECRET_PREFIX))
    signature = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": str(letter.message_id),
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
    }


def deliver(letters: Sequence[Letter], *, mode: str, now: datetime) -> list[Answer]:
    """Send them, several at a time; an answer for each."""
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as threads:
        return list(threads.map(lambda letter: _deliver(letter, mode=mode, now=now), letters))


def _deliver(letter: Letter, *, mode: str, now: datetime) -> Answer:
    try:
        connection = _connection(urlsplit(letter.url), mode=mode)
    except (OSError, ValueError) as error:
        return Answer(letter.message_id, None, _word(error))
    timer = Timer(_SECONDS, _break_off, (connection,))
    timer.start()
    try:
        connection.connect()
        return _post(connection, letter, sign(letter, now=now))
    except (OSError, http.client.HTTPException) as error:
        return Answer(letter.message_id, None, _word(error))
    finally:
        timer.cancel()
        connection.close()


def _post(connection: http.client.HTTPConnection, letter: Letter, signature: dict[str, str]) -> Answer:
    address = urlsplit(letter.url)
    headers = {"Content-Type": "application/json", "User-Agent": "MEMO webhooks", "Connection": "close"}
    path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    connection.request("POST", path, body=letter.body.encode(), headers=headers | signature)
    answer = connection.getresponse()
    text = answer.read(_MOST_ANSWER).decode("utf-8", "replace")
    return Answer(letter.message_id, answer.status, "".join(sign for sign in text if sign.isprintable()))


def _connection(address: SplitResult, *, mode: str) -> http.client.HTTPConnection:
    """Not yet opened. Raises OSError and ValueError where the address may not be used."""
    host = address.hostname or ""
    if mode == "local" and host in ("localhost", "127.0.0.1"):
        return http.client.HTTPConnection("127.0.0.1", address.port or 80, timeout=_SECONDS)
    port = address.port or 443
    machines = {str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    if address.scheme != "https" or not machines or not all(is_public(machine) for machine in machines):
        raise ValueError("address_not_public")
    return PinnedConnection(host, port, machine=min(machines), seconds=_SECONDS)


def _break_off(connection: http.client.HTTPConnection) -> None:
    """The time is over, however slowly the other side goes on talking."""
    try:
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # It has ended by itself.


#: What the office reads where no answer came; the first that fits.
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "host_not_found"),
    (TimeoutError, "timeout"),
    (ssl.SSLError, "tls_certificate_refused"),
    (ConnectionError, "connection_refused_or_broken"),
    (http.client.HTTPException, "no_http"),
    (ValueError, "address_not_public"),
)


def _word(error: Exception) -> str:
    return next((word for kind, word in _WORDS if isinstance(error, kind)), "unreachable")
