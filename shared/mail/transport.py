"""The way to the mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from shared.kernel.clock import utc_now

_TIMEOUT_SECONDS = 20


@dataclass(frozen=True)
class Letter:
    """A letter ready to be sent: one subject line, plain text, and the same as HTML."""

    subject: str
    text: str
    html: str


class Mailer:
    """Sends letters by SMTP. `url` is smtp://user:password@host:port (STARTTLS where offered), or smtps://…"""

    def __init__(self, *, url: str, sender: str) -> None:
        self._url = urlsplit(url)
        self._sender = sender

    def send(self, letter: Letter, *, recipient: str, message_id: str) -> None:
        """Hand one letter to the mail server. `message_id` is the same at every try, so that a repetition shows.

        Raises OSError or smtplib.SMTPException; the message is then tried again later.
        """
        message = self._compose(letter, recipient=recipient, message_id=message_id)
        with self._connect() as connection:
            connection.send_message(message)

    def _compose(self, letter: Letter, *, recipient: str, message_id: str) -> EmailMessage:
        name, address = parseaddr(self._sender)
        message = EmailMessage()
        message["From"] = Address(display_name=name, addr_spec=address)
        message["To"] = Address(addr_spec=recipient)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(utc_now())
        message["Message-ID"] = f"<{message_id}@{address.partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        return message

    def _connect(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "localhost", ssl.create_default_context()
        if self._url.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                host, self._url.port or 465, timeout=_TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(host, self._url.port or 587, timeout=_TIMEOUT_SECONDS)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
        if self._url.username:
            connection.login(unquote(self._url.username), unquote(self._url.password or ""))
        return connection
