"""The sheet of paper: for archives, for screen readers, for machines; with any name."""

import dataclasses
import io
import json
from datetime import date
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.certification.adapters.renderer import (
    Page,
    PassPage,
    Workshop,
    missing_letters,
    render,
    render_pass,
    sheet_sentences,
)
from services.certification.adapters.renderer.words import page_words, pass_words
from services.certification.domain.documents import SECOND_LANGUAGES
from shared.devkit.runner.layout import ROOT
from tests.unit.certification.conftest import BASE, NOW, NUMBER


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def test_it_says_of_itself_that_it_is_for_archives_and_screen_readers(page: Page) -> None:
    pdf = open_pdf(render(page).pdf)
    said = {
        element.tag.removeprefix("{http://www.aiim.org/").replace("/ns/id/}", ":"): element.text
        for element in ElementTree.fromstring(pdf.Root.Metadata.read_bytes()).iter()
        if "/ns/id/}" in element.tag
    }
    assert said == {"pdfa:part": "3", "pdfa:conformance": "A", "pdfua:part": "1"}
    assert bool(pdf.Root.MarkInfo.Marked) is True
    assert str(pdf.Root.Lang) == "de-DE"
    assert "/StructTreeRoot" in pdf.Root


def alternatives_of(pdf: pikepdf.Pdf) -> list[str]:
    found: list[str] = []

    def visit(node: object) -> None:
        if isinstance(node, pikepdf.Array):
            for inner in node:
                visit(inner)
        elif isinstance(node, pikepdf.Dictionary):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                visit(node["/K"])

    visit(pdf.Root.StructTreeRoot)
    return found


def test_the_code_is_described_in_words(page: Page) -> None:
    pdf = open_pdf(render(page).pdf)
    assert any(page.verification_url in text for text in alternatives_of(pdf))


def test_the_credential_is_attached_byte_for_byte(page: Page) -> None:
    page = dataclasses.replace(page, credential=json.dumps({"name": "Grüße"}, ensure_ascii=False))
    pdf = open_pdf(render(page).pdf)
    attached = pdf.attachments["credential.json"]
    assert attached.get_file().read_bytes().decode() == page.credential
    assert str(attached.obj["/AFRelationship"]) == "/Source"


def test_the_same_facts_give_the_same_bytes_and_end_with_a_line_end(page: Page) -> None:
    first = render(page).pdf
    assert render(page).pdf == first
    assert first.endswith(b"%%EOF\n")


NAMES = [
    "Şükrü Çağrı Özdoğan-Iğdır",
    "Łukasz Żółć Święcicki",
    "Nguyễn Thị Minh Châu",
    "Ελένη Παπαδοπούλου",
    "Олена Ґалаґан Їжакевич",
    "محمد عبد الرحمن الحسيني",
    "שרה לוי",
    "Սարգիս Գևորգյան",
    "ნინო ბერიძე",
    "ሰላም ተስፋዬ",
    "आर्यन शर्मा",
    "தமிழ்ச்செல்வி",
    "王小明",
    "さくら 髙橋",
    "김민수",
    "สมชาย ใจดี",
    "ស៊ីន សុខា",
    "A\u030a\u0323 e\u0301\u0302",  # two marks on one letter, and no composed form
    "أحمد 3 بن سالم",  # from right to left, with a digit
    "Zoë 👩‍👩‍👧 ⭐",
    "O",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("second", ["", "ar"])
def test_names_of_the_programmes_people_are_drawn_whole(page: Page, name: str, second: str) -> None:
    rendered = render(dataclasses.replace(page, full_name=name, second_language=second))
    assert rendered.missing_letters == ""
    assert len(open_pdf(rendered.pdf).pages) == 1


@pytest.mark.parametrize("name", ["ܐܫܘܪ ܒܪ ܡܪܝܡ", "བསྟན་འཛིན་རྒྱ་མཚོ", "ޙަސަން ޢަލީ", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "ߒߞߏ"])
def test_names_in_rare_scripts_are_drawn_where_the_pages_were_built(page: Page, name: str) -> None:
    if not (ROOT / "build" / "fonts").is_dir():
        pytest.skip("the pages were never built here: make assets")
    assert render(dataclasses.replace(page, full_name=name)).missing_letters == ""


@pytest.mark.parametrize("name", ["王小明", "さくら 髙橋", "김민수"])
def test_fonts_of_east_asia_are_embedded_only_where_a_letter_needs_them(page: Page, name: str) -> None:
    def fonts(data: bytes) -> set[str]:
        pdf = open_pdf(data)
        return {
            str(found["/FontName"])
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/FontName" in found
        }

    assert not any("CJK" in font for font in fonts(render(page).pdf))
    with_name = fonts(render(dataclasses.replace(page, full_name=name)).pdf)
    assert any("CJK" in font for font in with_name)
    assert all("+" in font for font in with_name), "every font is embedded, and only the letters that are used"


def test_a_letter_that_no_font_has_is_known_before_anything_is_drawn_and_holds_nothing_back(page: Page) -> None:
    assert missing_letters("Łukasz 王 김 é \u200d\ufe0f") == ""
    assert missing_letters("Łukasz 𒀀𒀁𒀀") == "𒀀𒀁"
    rendered = render(dataclasses.replace(page, full_name="王小明 𒀀", town="東京 𒀁"))
    assert rendered.missing_letters == "𒀀𒀁"
    assert len(open_pdf(rendered.pdf).pages) == 1


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_that_may_be_signed_stops_a_sheet(page: Page, name: str) -> None:
    assert open_pdf(render(dataclasses.replace(page, full_name=name)).pdf).pages


@pytest.mark.parametrize("length", [10, 45, 120, 200])
@pytest.mark.parametrize("second", ["", "tr", "fr"])
def test_long_names_and_long_lists_stay_on_one_sheet(page: Page, length: int, second: str) -> None:
    long = dataclasses.replace(
        page,
        full_name=("Maria del Carmen " * 20)[:length],
        level_title="Qualifizierung zur Multiplikatorin und zum Multiplikator",
        second_language=second,
        workshops=tuple(Workshop(title=f"Ein Workshop mit langem Titel, Teil {n}", units=8) for n in range(12)),
    )
    assert len(open_pdf(render(long).pdf).pages) == 1


def test_a_name_is_never_code(page: Page) -> None:
    plain = render(dataclasses.replace(page, full_name='#panic("x") $x$ *a* @b <c> \\ "'))
    assert len(open_pdf(plain.pdf).pages) == 1


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_every_second_language_says_everything_and_says_it_itself(page: Page, language: str) -> None:
    english, own = (page_words(sheet_sentences(code), page) for code in ("en", language))
    passes = [pass_words(sheet_sentences(code), pass_page()) for code in ("en", language)]
    if language != "en":
        same = {key for key, text in (english | passes[0]).items() if (own | passes[1])[key] == text}
        assert same <= {"title", "sealed", "workshop", "conditions"}, (
            "the name of the pass, and words that are the same"
        )
    assert page.verification_url in own["qr_alt"]
    assert str(page.units_attended) in own["summary"]


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_the_sheet_names_each_language_that_it_speaks(page: Page, language: str) -> None:
    pdf = open_pdf(render(dataclasses.replace(page, second_language=language)).pdf)
    assert str(pdf.Root.Lang) == "de-DE"
    named = {str(found["/Lang"]) for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Lang" in found}
    assert language in {name.partition("-")[0] for name in named}
    assert len(pdf.pages) == 1


def pass_page() -> PassPage:
    return PassPage(
        number=NUMBER,
        association="Brücke der Kulturen Tübingen e. V.",
        second_language="uk",
        programme="MEMO",
        issuer="MEMO-Programmbüro",
        town="Tübingen",
        conditions=("Zwei Mitglieder mit gültigen Zertifikaten",),
        valid_from=date(2026, 11, 23),
        valid_until=date(2028, 11, 22),
        issued_at=NOW,
        verification_url=f"{BASE}/v/{NUMBER}",
        credential=json.dumps({"name": "MEMO-Pass"}),
    )


def test_the_pass_is_a_sheet_of_the_same_kind() -> None:
    rendered = render_pass(pass_page())
    assert render_pass(pass_page()).pdf == rendered.pdf
    pdf = open_pdf(rendered.pdf)
    assert len(pdf.pages) == 1
    assert pdf.attachments["credential.json"].get_file().read_bytes() == pass_page().credential.encode()
