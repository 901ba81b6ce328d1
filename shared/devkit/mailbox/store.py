"""The mails on disk: one .eml file each, named so that their names sort by arrival."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

_NAME = re.compile(r"^\d{8}T\d{6}\.\d{6}Z-[0-9a-f]{8}$")


@dataclass(frozen=True)
class Mail:
    """One caught mail. `name` is its address on the page and its file's stem."""

    name: str
    received_at: datetime
    to: str
    subject: str
    text: str
    html: str

    def is_to(self, address: str) -> bool:
        """Whether this address is among the recipients, in whatever case."""
        return address.casefold() in self.to.casefold()


class MailStore:
    """A folder of .eml files, which any mail program opens too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, content: bytes) -> str:
        """Store a mail as it came and return its name."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{uuid4().hex[:8]}"
        unfinished = self._folder / f".{name}"
        unfinished.write_bytes(content)
        unfinished.rename(self._folder / f"{name}.eml")
        return name

    def newest_first(self) -> Iterator[Mail]:
        """Read one after another, so that looking at the newest few does not read all."""
        for file in sorted(self._folder.glob("[0-9]*.eml"), reverse=True):
            yield _read(file)

    def find(self, name: str) -> Mail | None:
        """The mail of this name; None for a name that is none of ours."""
        file = self._folder / f"{name}.eml"
        return _read(file) if _NAME.match(name) and file.exists() else None


@lru_cache(maxsize=1_000)
def _read(file: Path) -> Mail:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return Mail(
        name=file.stem,
        received_at=datetime.strptime(file.stem.partition("Z")[0], "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC),
        to=", ".join(str(value) for value in message.get_all("To", [])),
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
