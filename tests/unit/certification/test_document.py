"""The sheet of paper: for archives, for screen readers, for machines; with any name."""

import dataclasses
import io
import json
from xml.etree import ElementTree

import pikepdf
import pytest

from services.certification.adapters.renderer import Page, Workshop, render


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


@pytest.mark.parametrize(
    "name",
    [
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
    ],
)
@pytest.mark.parametrize("language", ["de", "ar"])
def test_names_of_the_programmes_people_are_drawn_whole(page: Page, name: str, language: str) -> None:
    rendered = render(dataclasses.replace(page, full_name=name, language=language))
    assert rendered.missing_letters == ""
    assert len(open_pdf(rendered.pdf).pages) == 1


def test_a_letter_that_no_font_has_holds_nothing_back_and_is_named(page: Page) -> None:
    rare = dataclasses.replace(page, full_name="王小明 Łukasz 𒀀", town="東京")
    rendered = render(rare)
    assert set("王小明東京") <= set(rendered.missing_letters)
    assert "Łukasz"[0] not in rendered.missing_letters
    assert len(open_pdf(rendered.pdf).pages) == 1


@pytest.mark.parametrize("length", [10, 45, 120])
def test_long_names_and_long_lists_stay_on_one_sheet(page: Page, length: int) -> None:
    long = dataclasses.replace(
        page,
        full_name=("Maria del Carmen " * 10)[:length],
        language="tr",
        workshops=tuple(Workshop(title=f"Ein Workshop mit langem Titel, Teil {n}", units=8) for n in range(12)),
    )
    assert len(open_pdf(render(long).pdf).pages) == 1


def test_a_name_is_never_code(page: Page) -> None:
    plain = render(dataclasses.replace(page, full_name='#panic("x") $x$ *a* @b <c> \\ "'))
    assert len(open_pdf(plain.pdf).pages) == 1
