"""The letters that our fonts can draw, known before anything is drawn.

typst opens a font file when the first letter needs it, so the 33 MB of Chinese, Japanese and Korean cost nothing until
such a name comes. Which letters there are is read once from the tables of the files, into one bit per letter.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
#: Fonts of rare scripts, which the build of the pages takes from npm; absent where pages were never built.
_BUILT = Path(__file__).parents[4] / "build" / "fonts"
#: The first font for text; titles and names in Latin letters have a serif.
TEXT_FONT = "Noto Sans"
_EAST_ASIAN = "Noto Sans CJK"
_PLANES = 17 * 65_536
#: What is never drawn itself: joiners, variation selectors, direction marks.
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp")
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


@cache
def fonts() -> typst.Fonts:
    """All fonts, for every sheet that typst sets here. One in a process."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder) for folder in _folders()]
    )


def missing_letters(text: str) -> str:
    """The letters of a text that no font can draw, in their order, each once; empty for nearly every text."""
    left = "" if text.isascii() else "".join(letter for letter in dict.fromkeys(text) if not _is_invisible(letter))
    for folder in _folders():
        if not left:
            break
        bits = _drawable(folder)
        left = "".join(letter for letter in left if not bits[ord(letter) >> 3] & 1 << (ord(letter) & 7))
    return left


def families_for(text: str, *, language: str) -> list[str]:
    """The fonts for a text, the first that has a letter draws it.

    Chinese, Japanese and Korean share letters that each draws differently: the script of the text decides, and where
    it does not, the language of the reader.
    """
    return [TEXT_FONT, f"{_EAST_ASIAN} {_east_asian_face(text, language)}"]


def _east_asian_face(text: str, language: str) -> str:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in text}
    if names & {"HIRAGANA", "KATAKANA"}:
        return "JP"
    if "HANGUL" in names:
        return "KR"
    return {"ja": "JP", "ko": "KR", "zh-TW": "TC", "zh-HK": "HK"}.get(language, "SC")


def _is_invisible(letter: str) -> bool:
    return unicodedata.category(letter) in _INVISIBLE or any(ord(letter) in selectors for selectors in _SELECTORS)


@cache
def _drawable(folder: Path) -> bytes:
    bits = bytearray(_PLANES // 8)
    for cmap in _cmaps(folder):
        for point in cmap:
            bits[point >> 3] |= 1 << (point & 7)
    return bytes(bits)


def _cmaps(folder: Path) -> Iterator[dict[int, str]]:
    for path in sorted(folder.iterdir()):
        if path.suffix in (".ttf", ".otf", ".ttc"):
            # All faces of a collection share one set of letters.
            with TTFont(path, lazy=True, fontNumber=0) as font:
                yield font.getBestCmap()


@cache
def _folders() -> tuple[Path, ...]:
    """The largest last: most texts need no more than the first."""
    packages = [Path(str(resources.files(package))) for package in _PACKAGES]
    return tuple(folder for folder in (packages[0], _BUILT, *packages[1:]) if folder.is_dir())
