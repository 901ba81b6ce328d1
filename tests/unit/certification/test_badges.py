"""The badge: seen without fonts, told apart by form, and one file with its proof."""

import io
import json
from xml.etree import ElementTree

import pytest
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3LdpVerifier
from PIL import Image

from services.certification.adapters.badges.apart import draw_badge_apart
from services.certification.adapters.badges.baking import bake_png, bake_svg
from services.certification.adapters.badges.drawing import draw_png, draw_svg
from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.keyring import SealingKey
from services.certification.domain.badges import BadgeFace, BadgeForm
from services.certification.domain.credential import Credential

from .conftest import NOW
from .test_credential import pem

FACE = BadgeFace(title="Grundkurs", caption='Siegel der Stufe "Grundkurs" & mehr', position=1)


@pytest.fixture
def text(credential: Credential, key: SealingKey) -> str:
    return sign_credential(credential, key=key, now=NOW).text


def test_a_credential_goes_into_the_png_and_comes_out_verified(text: str, key: SealingKey) -> None:
    baked = bake_png(draw_png(FACE), text)
    extracted = baking.extract_png(baked, keyword=baking.ITXT_KEYWORD_OB3)
    assert extracted == text
    assert OB3LdpVerifier(pem(key)).verify(extracted).achievement.name == "Grundkurs"
    with Image.open(io.BytesIO(baked)) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (640, 640))


def test_a_credential_goes_into_the_svg_and_comes_out_verified(text: str, key: SealingKey) -> None:
    baked = bake_svg(draw_svg(FACE), text)
    extracted = baking.extract_svg(baked, element=baking.SVG_ELEMENT_OB3, text_fallback=True)
    assert extracted == text
    assert OB3LdpVerifier(pem(key)).verify(extracted).achievement.name == "Grundkurs"
    assert ElementTree.fromstring(baked).find(f"{{{baking.SVG_NS_OB3}}}credential") is not None


def test_markup_in_a_credential_stays_text(text: str) -> None:
    nasty = json.dumps({"name": "]]> </svg> <script> & ”é😀"}, ensure_ascii=False)
    baked = bake_svg(draw_svg(FACE), nasty)
    assert baking.extract_svg(baked, element=baking.SVG_ELEMENT_OB3, text_fallback=True) == nasty
    assert baked.count(b"<script>") == 0


@pytest.mark.parametrize(
    "title", ["Grundkurs", "Курс „Основи“", "مستوى المضاعفين", "王小明 𒀀", "Ein sehr langer Titel " * 6]
)
def test_the_drawing_needs_no_font_no_script_and_no_other_file(title: str) -> None:
    drawing = draw_svg(BadgeFace(title=title, caption=title, position=2))
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawing).iter()}
    assert names.isdisjoint({"text", "script", "image", "foreignObject", "style"})
    root = ElementTree.fromstring(drawing)
    assert (root.get("role"), root.get("aria-label")) == ("img", title)


def test_levels_differ_by_form_without_colour() -> None:
    """Two badges in grey at 64 pixels differ in more than a tenth of their points, whatever their title."""
    faces = [BadgeFace("Kurs", "Kurs", 1), BadgeFace("Kurs", "Kurs", 2), BadgeFace("Kurs", "Kurs", 3)]
    faces.append(BadgeFace("Kurs", "Kurs", 1, is_pass=True))
    pictures = [Image.open(io.BytesIO(draw_png(face))).convert("LA").resize((64, 64)) for face in faces]
    for number, picture in enumerate(pictures):
        for other in pictures[number + 1 :]:
            pairs = zip(picture.tobytes()[::2], other.tobytes()[::2], strict=True)
            assert sum(abs(one - two) > 64 for one, two in pairs) > 64 * 64 / 16


def test_the_same_badge_is_the_same_file_wherever_it_is_drawn() -> None:
    assert draw_png(FACE) == draw_badge_apart(FACE, BadgeForm.PNG)
    assert draw_svg(FACE) == draw_badge_apart(FACE, BadgeForm.SVG)


def test_processes_that_serve_pages_do_not_hold_the_drawing_office() -> None:
    import subprocess
    import sys

    asked = "import sys, services.certification.adapters.badges.apart; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
