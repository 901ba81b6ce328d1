"""Whatever a reader is made to do by a file: it is cut off, the stranger is told, and the next file is read."""

import struct
import zlib
from collections.abc import Callable

import pytest

from services.certification.adapters.reading import isolated
from tests.support.certification import World
from tests.support.uploads import ISSUED, hand_in

_CONFINED = (
    "import sys, time; sys.path.insert(0, sys.argv[1]);"
    " from services.certification.adapters.reading import child; child._confine(may_connect=False);"
    " print('ready', flush=True); "
)
#: What a reader does that fell for a file, each beyond one of its bounds. Where it succeeds it answers as one that has
#: found nothing, which reads differently.
_NOTHING = "; print('{\"candidates\": []}')"
CAPTURED = {
    "computes without end": "exec('while True: pass')",
    "takes all memory": f"bytes(2**31){_NOTHING}",
    "reads our files": f"open('/etc/passwd'){_NOTHING}",
    "writes a file": f"open('/tmp/memo-captured', 'w'){_NOTHING}",
    "calls somebody": f"import socket; socket.socket(){_NOTHING}",
    "answers without end": "exec('while True: print(8192 * chr(120))')",
    "is ended within its answer": "print('{\"candidates\": [')",
    "answers nothing of the kind": "print('[]')",
    "answers less": "print('{}')",
    "answers numbers for texts": "print('{\"candidates\": [1]}')",
}
_REFUSED = "This file cannot be read as a certificate"
_PNG = b"\x89PNG\r\n\x1a\n"


def test_a_captured_reader_gains_nothing(
    world: World, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(isolated, "_WALL_SECONDS", 300.0)  # Whatever ends it, it is not the patience of who waits.
        patched.setattr(isolated, "_BOOT", _CONFINED + _NOTHING.removeprefix("; "))
        assert "no electronic certificate" in hand_in(world, files["png"])
        for deed, program in CAPTURED.items():
            patched.setattr(isolated, "_BOOT", _CONFINED + program)
            assert _REFUSED in hand_in(world, files["png"]), deed
    assert ISSUED in hand_in(world, files["png"])


def test_a_reader_that_hangs_is_cut_off(world: World, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(isolated, "_BOOT", f"{_CONFINED} time.sleep(3600)")
        patched.setattr(isolated, "_WALL_SECONDS", 0.3)
        assert _REFUSED in hand_in(world, files["svg"])
    assert ISSUED in hand_in(world, files["svg"])


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb_in_png() -> bytes:
    text = zlib.compress(b"{" + b" " * 200_000_000, 9)
    return _PNG + chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + text) + chunk(b"IEND", b"")


def laughs() -> bytes:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10) for depth in range(1, 12))
    return b'<!DOCTYPE svg [<!ENTITY a0 "ha">' + entities + b"]><svg>&a11;</svg>"


PREPARED: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a text that unpacks to 200 MB": lambda _: bomb_in_png(),
    "a billion laughs": lambda _: laughs(),
    "24 MiB of a PDF": lambda _: b"%PDF-1.7\n" + b"\xa5" * (24 * 1024 * 1024),
    "24 MiB of a picture": lambda _: _PNG + b"\xa5" * (24 * 1024 * 1024),
    "24 MiB of nothing": lambda _: b" " * (24 * 1024 * 1024),
    "arrays in arrays": lambda _: b'{"id":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
    "a PDF behind a picture": lambda files: _PNG + files["pdf"],
    "a picture behind a drawing": lambda files: b"<svg>" + files["png"] + b"</svg>",
    "a credential behind a PDF": lambda files: b"%PDF-1.7\n" + files["json"],
    "two credentials in one text": lambda files: files["json"] + files["json"],
    "a token behind a credential": lambda files: files["json"] + b"\n" + files["jwt"],
    "a drawing in a credential": lambda files: files["json"][:-1] + b"," + files["svg"],
}


def test_bombs_and_files_that_are_two_things_are_refused(world: World, files: dict[str, bytes]) -> None:
    for kind, prepare in PREPARED.items():
        words = hand_in(world, prepare(files))
        assert ISSUED not in words, kind
        assert _REFUSED in words or "KiB at most" in words, kind
