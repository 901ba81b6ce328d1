"""Passkeys: for which address of the platform a passkey is made (WebAuthn Level 3, section 5.1.2: relying party id)."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

#: How long one ceremony may take.
CHALLENGE_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class PasskeySite:
    """Where a passkey belongs: its relying party id, and the origin whose pages may ask for it."""

    rp_id: str
    origin: str


def passkey_site(base_url: str, *, host: str) -> PasskeySite | None:
    """The site for a request to `host` (with port), or None where browsers allow no passkeys.

    A relying party id is a domain name, never an IP address. On a developer's machine the base address is mostly
    http://127.0.0.1:8080; there `localhost` with the same port is the same platform, and takes passkeys.
    """
    base = urlsplit(base_url)
    if not _is_ip_address(base.hostname or ""):
        return PasskeySite(base.hostname or "", f"{base.scheme}://{base.netloc}")
    if host == _local_host(base_url):
        return PasskeySite("localhost", f"{base.scheme}://{host}")
    return None


def address_for_passkeys(base_url: str) -> str | None:
    """Where the same platform takes passkeys, if its base address is an IP address of this machine."""
    base = urlsplit(base_url)
    if not _is_ip_address(base.hostname or ""):
        return base_url
    if ipaddress.ip_address(base.hostname or "").is_loopback:
        return f"{base.scheme}://{_local_host(base_url)}"
    return None


def _local_host(base_url: str) -> str:
    port = urlsplit(base_url).port
    return f"localhost:{port}" if port else "localhost"


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
