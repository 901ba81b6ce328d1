"""What a process holds open: made at first use, so that a forked worker makes its own."""

from functools import cached_property
from typing import Generic, TypeVar

from shared.config import Settings
from shared.db import Database, open_database
from shared.documents import Documents
from shared.mail import Mailer

AnySettings = TypeVar("AnySettings", bound=Settings)


class Resources(Generic[AnySettings]):
    """The settings of a service and the connections made from them."""

    def __init__(self, settings: AnySettings) -> None:
        self.settings = settings

    @cached_property
    def database(self) -> Database:
        """The service's own database."""
        return open_database(self.settings)

    @cached_property
    def documents(self) -> Documents:
        """The service's own bucket."""
        settings = self.settings
        return Documents(
            endpoint_url=settings.s3_endpoint_url,
            public_url=settings.s3_public_url,
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            region=settings.s3_region,
            bucket=settings.s3_bucket,
        )

    @cached_property
    def mailer(self) -> Mailer:
        """The mail server."""
        return Mailer(url=self.settings.smtp_url, sender=self.settings.mail_from)
