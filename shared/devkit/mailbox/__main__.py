"""`python -m shared.devkit.mailbox`: an SMTP server and a small web server in one process."""

import asyncio
import os
import signal
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

from shared.devkit.mailbox.pages import create_pages
from shared.devkit.mailbox.store import MailStore
from shared.devkit.mailbox.stylesheets import built_stylesheets

_LARGEST_MAIL_BYTES = 20_000_000


class _Catcher:
    def __init__(self, store: MailStore) -> None:
        self._store = store

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the mail and accept it; nothing is ever sent on."""
        self._store.keep(envelope.original_content or b"")
        return "250 Kept in the mailbox"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: somebody who reads mails is no news."""


def main() -> None:
    """Serve until told to stop."""
    store = MailStore(Path(os.environ["MAILBOX_FOLDER"]))
    pages = create_pages(store, totp_file=Path(os.environ["MAILBOX_TOTP_FILE"]), stylesheets=built_stylesheets)
    port = int(os.environ["MAILBOX_WEB_PORT"])
    web = make_server("127.0.0.1", port, pages, server_class=_Server, handler_class=_QuietHandler)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    loop = asyncio.new_event_loop()
    smtp = UnthreadedController(
        _Catcher(store),
        hostname="127.0.0.1",
        port=int(os.environ["MAILBOX_SMTP_PORT"]),
        loop=loop,
        data_size_limit=_LARGEST_MAIL_BYTES,
    )
    smtp.begin()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, loop.stop)
    loop.run_forever()
    smtp.end()


if __name__ == "__main__":
    main()
