"""Files that the gateway serves by itself, without a service: whole, or not there."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

#: Everybody may read what is public, also the gateway, which is another user on a server.
_FILE_MODE, _FOLDER_MODE = 0o644, 0o755


def read_public(folder: Path, name: str) -> bytes | None:
    """What is served under a name, or None where nothing is, or nothing that can be read."""
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def write_public(folder: Path, name: str, content: bytes) -> None:
    """Put a file in its place in one step: whoever asks meanwhile gets the one before. Raises OSError.

    It is written beside the served folders, so that nothing unfinished can be asked for, and is on the disk before it
    takes its place. Where that fails the file before is taken away: the gateway then asks the service, which knows.
    """
    place = folder / name
    try:
        for parent in reversed(place.relative_to(folder).parents):
            (folder / parent).mkdir(mode=_FOLDER_MODE, exist_ok=True)
        _replace(folder, place, content)
    except OSError:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        raise


def _replace(folder: Path, place: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=folder, prefix=".unfinished-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), _FILE_MODE)
            os.fsync(file.fileno())
            os.replace(file.name, place)
        except OSError:
            with suppress(OSError):
                os.unlink(file.name)
            raise
    descriptor = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
