"""A camera that looks at a QR code: the film that Chromium plays in its place."""

from pathlib import Path

import segno

_WIDTH, _HEIGHT, _FRAMES = 640, 480, 20
_WHITE, _BLACK, _GREY = b"\xff", b"\x00", b"\x80"
_MODULE_PIXELS = 8


def film_of(content: str, *, file: Path) -> Path:
    """Write two seconds of a code on white paper as YUV4MPEG2, which needs no codec."""
    frame = b"FRAME\n" + _picture(content) + _GREY * (_WIDTH * _HEIGHT // 2)
    file.write_bytes(f"YUV4MPEG2 W{_WIDTH} H{_HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * _FRAMES)
    return file


def camera_arguments(film: Path) -> list[str]:
    """What Chromium is started with to take the film for its camera, and to allow it to every page."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]


def _picture(content: str) -> bytes:
    """The brightness of every point, line by line, with the code in the middle."""
    rows = list(segno.make(content, error="m").matrix_iter(scale=_MODULE_PIXELS, border=2))
    side = len(rows)
    assert side <= _HEIGHT, "the code does not fit into the picture"
    left, above = (_WIDTH - side) // 2, (_HEIGHT - side) // 2
    lines = [_WHITE * _WIDTH] * above
    for row in rows:
        dots = b"".join(_BLACK if dot else _WHITE for dot in row)
        lines.append((_WHITE * left + dots).ljust(_WIDTH, _WHITE))
    return b"".join(lines + [_WHITE * _WIDTH] * (_HEIGHT - len(lines)))
