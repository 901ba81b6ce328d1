"""Mail: asked for inside a transaction, sent by the service's own worker."""

from shared.mail.request import request_mail
from shared.mail.transport import Letter, Mailer

__all__ = ["Letter", "Mailer", "request_mail"]
