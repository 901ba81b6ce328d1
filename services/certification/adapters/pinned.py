"""A TLS connection to the machine whose address was checked, whatever the name means a moment later."""

import socket
import ssl
from http.client import HTTPSConnection

_TRUSTED = ssl.create_default_context()


class PinnedConnection(HTTPSConnection):
    """TLS with `host` over a socket to `machine`; `seconds` bound each step, not the whole.

    `sock` is set before the handshake, so that another thread can break it off.
    """

    def __init__(self, host: str, port: int, *, machine: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds, context=_TRUSTED)
        self._machine = machine

    def connect(self) -> None:
        """Open the connection. Raises OSError."""
        raw = socket.create_connection((self._machine, self.port), self.timeout)
        self.sock = _TRUSTED.wrap_socket(raw, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()
