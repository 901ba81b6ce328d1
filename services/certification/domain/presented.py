"""What somebody hands in: which kind of file it is, and the credential in its three forms of text."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from services.certification.domain.errors import UploadUnreadable
from services.certification.domain.verification import read_upload

#: The largest file that is opened at all: a PDF with pictures of a scanner is larger, and holds no credential.
FILE_LIMIT_KIB = 5 * 1024
_MOST_DISCLOSURES = 100


class FileKind(StrEnum):
    """What the first bytes say; a file that says two things is read as the first alone."""

    PDF = "pdf"
    PNG = "png"
    SVG = "svg"
    TEXT = "text"


class Form(StrEnum):
    """How a credential is secured: a proof inside the JSON, a signed token, a token with facts to disclose."""

    PROOF = "proof"
    TOKEN = "token"
    DISCLOSING_TOKEN = "disclosing_token"


@dataclass(frozen=True)
class Presented:
    """One credential that was handed in, read and not yet checked."""

    form: Form
    text: str
    #: The credential; of a token its claims, of a disclosing token those that were disclosed among them.
    document: dict[str, Any]
    #: Of a token: the bytes that were signed, and the signature.
    signed: bytes = b""
    signature: bytes = b""
    #: Names of the claims that the holder has chosen to disclose.
    disclosed: tuple[str, ...] = ()
    #: What it came in: the kind of the file, the whole file, and whether a PDF bears an electronic seal.
    container: FileKind = FileKind.TEXT
    file: bytes = field(default=b"", repr=False)
    has_seal: bool = False


_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


def kind_of(data: bytes) -> FileKind:
    """The kind of a file, by how it begins. Raises UploadUnreadable for what is none of ours, such as a photo."""
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<"):
        return FileKind.SVG
    if not start or b"\0" in start:
        raise UploadUnreadable(reason="unknown_kind")
    return FileKind.TEXT


def read_credential(text: str) -> Presented:
    """The credential in a text, in whichever of the three forms. Raises UploadTooLarge and UploadUnreadable."""
    text = text.strip().removeprefix("\ufeff")
    if text.startswith("{"):
        return Presented(form=Form.PROOF, text=text, document=read_upload(text.encode()))
    token, tilde, rest = text.partition("~")
    if not _TOKEN.fullmatch(token):
        raise UploadUnreadable(reason="not_json")
    header, payload, signature = token.split(".")
    read_upload(decode_part(header))
    document = read_upload(decode_part(payload))
    signed = f"{header}.{payload}".encode()
    presented = Presented(
        form=Form.TOKEN, text=text, document=document, signed=signed, signature=decode_part(signature)
    )
    return _disclose(presented, rest.split("~")) if tilde else presented


def decode_part(part: str) -> bytes:
    """The bytes of a part of a token: base64url without padding, in its one spelling. Raises UploadUnreadable."""
    try:
        content = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise UploadUnreadable(reason="not_json") from error
    if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != part:
        raise UploadUnreadable(reason="not_json")
    return content


def _disclose(presented: Presented, parts: list[str]) -> Presented:
    """The claims with what was disclosed (RFC 9901, section 7.1). The last part is the holder's own token or empty.

    Only top-level claims of our own credentials can be disclosed; any other disclosure is refused.
    """
    disclosures = parts[:-1]
    claims = dict(presented.document)
    digests = claims.pop("_sd", [])
    if len(disclosures) > _MOST_DISCLOSURES or not isinstance(digests, list):
        raise UploadUnreadable(reason="not_json")
    if claims.pop("_sd_alg", "sha-256") != "sha-256":
        raise UploadUnreadable(reason="not_json")
    names = []
    for name, value in _disclosures(disclosures, digests):
        if name in claims or name in ("_sd", "..."):
            raise UploadUnreadable(reason="not_json")
        claims[name] = value
        names.append(name)
    return Presented(
        form=Form.DISCLOSING_TOKEN,
        text=presented.text,
        document=claims,
        signed=presented.signed,
        signature=presented.signature,
        disclosed=tuple(names),
    )


def _disclosures(parts: list[str], digests: list[Any]) -> Iterator[tuple[str, Any]]:
    if len(set(parts)) != len(parts):
        raise UploadUnreadable(reason="not_json")
    for part in parts:
        digest = base64.urlsafe_b64encode(hashlib.sha256(part.encode()).digest()).rstrip(b"=").decode()
        found = read_upload(b'{"disclosure":' + decode_part(part) + b"}").get("disclosure")
        if digest not in digests or not isinstance(found, list) or len(found) != 3 or not isinstance(found[1], str):
            raise UploadUnreadable(reason="not_json")
        yield found[1], found[2]
