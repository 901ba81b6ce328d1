"""Fetching one small public document for somebody whom we do not trust: the address comes from an uploaded file.

Only https, only port 443, only addresses that belong to the public internet, no redirect, no proxy, no cookie, a bound
on size; the near side bounds the time. The name is resolved once and the connection goes to the address that was
checked, so a name cannot mean another machine a moment later. The mode `local` is for tests on one machine.
"""

import base64
import http.client
import ipaddress
import socket
from typing import Any
from urllib.parse import SplitResult, urlsplit

from services.certification.adapters.pinned import PinnedConnection
from services.certification.adapters.reading.child import Unreadable

EXPECTED = (OSError, ValueError, http.client.HTTPException)

_MOST_BYTES = 512 * 1024
_SECONDS = 2.0


def read(facts: dict[str, Any], _data: bytes) -> dict[str, Any]:
    """{"content": base64} of `url`. Raises Unreadable."""
    address = urlsplit(str(facts["url"]))
    is_local = facts["mode"] == "local"
    if address.username is not None or address.password is not None or not address.hostname:
        raise Unreadable("address")
    connection = _local(address) if is_local else _public(address)
    path = address.path or "/"
    connection.request(
        "GET",
        f"{path}?{address.query}" if address.query else path,
        headers={"Accept": "application/json, */*;q=0.5", "User-Agent": "MEMO verification", "Connection": "close"},
    )
    answer = connection.getresponse()
    if answer.status != 200:
        raise Unreadable("not_found")
    content = answer.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Unreadable("too_costly")
    return {"content": base64.b64encode(content).decode()}


def _public(address: SplitResult) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if address.scheme != "https" or address.port not in (None, 443):
        raise Unreadable("address")
    machines = {str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    if not machines or not all(is_public(machine) for machine in machines):
        raise Unreadable("address")
    return PinnedConnection(host, 443, machine=min(machines), seconds=_SECONDS)


def _local(address: SplitResult) -> http.client.HTTPConnection:
    if address.hostname not in ("localhost", "127.0.0.1"):
        raise Unreadable("address")
    return http.client.HTTPConnection("127.0.0.1", address.port or 80, timeout=_SECONDS)


def is_public(machine: str) -> bool:
    """Whether an address belongs to the public internet, and wraps no other one (RFC 4291, 3056, 4380, 6052)."""
    found = ipaddress.ip_address(machine)
    if isinstance(found, ipaddress.IPv6Address) and (
        found.ipv4_mapped or found.sixtofour or found.teredo or found in ipaddress.ip_network("64:ff9b::/32")
    ):
        return False
    return found.is_global and not found.is_multicast
