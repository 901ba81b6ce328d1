"""Texts become pages and handouts, and nothing in them becomes a program."""

import io

import html5lib
import pikepdf
import pytest

from services.coursework.adapters.figures import FigureRefused, check_figure
from services.coursework.adapters.handouts import print_handout
from services.coursework.adapters.lessons import render, split_title, words_in

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Weg</title><desc>Drei Schritte.</desc>{}</svg>'


def test_a_lesson_keeps_its_structure() -> None:
    html = render(
        "# Titel\n\n**Wichtig**: siehe [Gesetz](https://example.org).\n\n- eins\n- zwei\n\n|a|b|\n|-|-|\n|1|2|"
    )
    for part in (
        "<h2>Titel</h2>",
        "<strong>Wichtig</strong>",
        "<li>eins</li>",
        "<td>1</td>",
        'rel="noopener noreferrer"',
    ):
        assert part in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[click](javascript:alert(1))",
        "![x](https://elsewhere.example/pixel.png)",
        '<a href="data:text/html,x">x</a>',
    ],
)
def test_nothing_in_a_text_runs_or_calls_elsewhere(hostile: str) -> None:
    elements = list(html5lib.parseFragment(render(hostile), namespaceHTMLElements=False).iter())
    assert not {"script", "img"} & {element.tag for element in elements}
    for element in elements:
        assert not [name for name in element.attrib if name.startswith("on") or name == "src"]
        assert not element.get("href", "").startswith(("javascript:", "data:"))


def test_the_first_heading_is_the_title() -> None:
    assert split_title("# Ein Verein\n\nText") == ("Ein Verein", "Text")
    assert split_title("Text") == ("", "Text")


def test_explained_words_are_found_with_and_without_hyphens_in_the_texts_order() -> None:
    text = "Die Satzung steht im Vereins-Register."
    assert words_in(text, ["Vereinsregister", "Satzung", "Haftung"]) == ["Satzung", "Vereinsregister"]


def test_a_handout_is_an_accessible_pdf_whatever_characters_its_text_holds() -> None:
    text = (
        'Zeichen: # $ * _ @ \\ " ` < > { } [ ]\n\n- [ ] abhaken\n\n|A|B|\n|-|-|\n|1|2|\n\n1. eins\n2. zwei\n\n> Zitat'
    )
    data = print_handout(title='Check "Liste" #1', module="Modul", markdown=text)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert document.Root.Lang == "de-DE" or str(document.Root.Lang).startswith("de")
        assert bool(document.Root.MarkInfo.Marked)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    assert data == print_handout(title='Check "Liste" #1', module="Modul", markdown=text)


def test_a_drawing_gives_its_title_and_description() -> None:
    assert check_figure(SVG.format('<rect width="9" height="9"/>')) == ("Weg", "Drei Schritte.")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)"/>',
        '<use href="https://elsewhere.example/x.svg#a"/>',
        '<rect fill="url(https://elsewhere.example/x)"/>',
        "<foreignObject/>",
        '<image href="https://elsewhere.example/pixel.png"/>',
        "<style>@import 'https://elsewhere.example/x.css';</style>",
    ],
)
def test_a_drawing_with_more_than_a_drawing_is_refused(hostile: str) -> None:
    with pytest.raises(FigureRefused):
        check_figure(SVG.format(hostile))


def test_a_word_inside_another_one_needs_no_explanation() -> None:
    text = "Der Ausbildungsplatz und die Satzungen"
    assert words_in(text, ["Platz", "Satzung"]) == ["Satzung"]


def test_a_section_number_stays_with_its_sign() -> None:
    assert "§&nbsp;26 Absatz&nbsp;2" in render("Nach § 26 Absatz 2 BGB").replace("\u00a0", "&nbsp;")
