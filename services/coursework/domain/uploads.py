"""Files on their way from a browser to a submission: types, limits, states, reasons to refuse."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from services.coursework.domain.errors import TooManyFiles, UploadEmpty, UploadTooLarge, UploadTypeRefused
from services.coursework.domain.text import storable
from shared.kernel.transitions import Transitions

#: Largest file, in bytes. A photo of a page is 2 to 8 MB; a browser on a slow line gives up beyond this.
SIZE_LIMIT = 20 * 1024 * 1024
#: Files that one submission may hold.
FILES_LIMIT = 10
#: How long a presigned address for an upload works.
PUT_VALID_FOR = timedelta(hours=1)
#: How long a presigned address for reading works; long enough to look at a page, short enough not to be passed on.
GET_VALID_FOR = timedelta(minutes=30)
#: A file that was announced and did not come within this time is given up.
ARRIVAL_LIMIT = timedelta(hours=24)
_NAME_LIMIT = 120
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]+")


class FileType(StrEnum):
    """The kinds of file that a submission takes."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"


CONTENT_TYPES: dict[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.WEBP: "image/webp",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
EXTENSIONS: dict[FileType, str] = {file_type: file_type.value for file_type in FileType} | {FileType.JPEG: "jpg"}
IMAGE_TYPES = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP})
_BY_EXTENSION = {extension: file_type for file_type, extension in EXTENSIONS.items()} | {"jpeg": FileType.JPEG}
_BY_CONTENT_TYPE = {content_type: file_type for file_type, content_type in CONTENT_TYPES.items()}


class UploadState(StrEnum):
    """The way of a file. Only an accepted one can be handed in."""

    ANNOUNCED = "announced"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    REFUSED = "refused"


UPLOAD_TRANSITIONS = Transitions(
    subject="upload",
    table={
        UploadState.ANNOUNCED: frozenset({UploadState.ARRIVED, UploadState.REFUSED}),
        UploadState.ARRIVED: frozenset({UploadState.ACCEPTED, UploadState.REFUSED}),
        UploadState.ACCEPTED: frozenset(),
        UploadState.REFUSED: frozenset(),
    },
)


class RefusalReason(StrEnum):
    """Why the check of a file ended with "no"; each has a plain sentence in `web`."""

    MISSING = "missing"
    SIZE_DIFFERS = "size_differs"
    TYPE_DIFFERS = "type_differs"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_BIG_INSIDE = "too_big_inside"
    HAS_MACROS = "has_macros"


@dataclass(frozen=True)
class AnnouncedFile:
    """A file that the rules let through so far: name made harmless, type known, size within the limit."""

    name: str
    size: int
    file_type: FileType


def announce(
    *, name: str, size: int, content_type: str, accepted: frozenset[FileType], files_already: int
) -> AnnouncedFile:
    """What a browser says about a file, checked.

    The type is taken from the name's ending where the browser does not know it. Raises UploadEmpty, UploadTooLarge,
    UploadTypeRefused or TooManyFiles.
    """
    if files_already >= FILES_LIMIT:
        raise TooManyFiles(allowed=FILES_LIMIT)
    if size <= 0:
        raise UploadEmpty
    if size > SIZE_LIMIT:
        raise UploadTooLarge(megabytes=SIZE_LIMIT // 1024 // 1024)
    return AnnouncedFile(name=harmless_name(name), size=size, file_type=_file_type(name, content_type, accepted))


def _file_type(name: str, content_type: str, accepted: frozenset[FileType]) -> FileType:
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    wanted = content_type.partition(";")[0].strip().lower()
    known = _BY_CONTENT_TYPE.get(wanted) or _BY_EXTENSION.get(extension)
    if known is None or known not in accepted:
        raise UploadTypeRefused(accepted=", ".join(EXTENSIONS[t].upper() for t in FileType if t in accepted))
    return known


def harmless_name(name: str) -> str:
    """The file's own name without paths, control characters or marks that turn the writing direction."""
    plain = _NOT_IN_NAMES.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = " ".join(storable(plain).split()).strip(". ")
    if len(plain) > _NAME_LIMIT:
        stem, dot, extension = plain.rpartition(".")
        plain = stem[: _NAME_LIMIT - len(extension) - 1] + dot + extension if dot else plain[:_NAME_LIMIT]
    return plain or "file"


def raw_key(*, run_id: UUID, place_id: UUID, upload_id: UUID, file_type: FileType) -> str:
    """Where the browser puts the file. Made of ids, so nothing a person typed becomes an address."""
    return f"uploads/{run_id}/{place_id}/{upload_id}.{EXTENSIONS[file_type]}"


def clean_key(*, upload_id: UUID, sha256: str, file_type: FileType) -> str:
    """Where the checked copy lies; the hash is of the checked bytes, so the address is never used twice."""
    return f"submissions/{upload_id}/{sha256[:32]}.{EXTENSIONS[file_type]}"
