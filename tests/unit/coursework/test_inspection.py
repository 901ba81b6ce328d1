"""Hostile files and honest ones: what of them is kept, and why the others are refused."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from services.coursework.adapters.inspection import FileRefused, inspect
from services.coursework.domain.uploads import FileType, RefusalReason
from tests.integration.coursework.files import a_docx, a_jpeg, a_pdf


def refusal(data: bytes, file_type: FileType) -> RefusalReason:
    with pytest.raises(FileRefused) as refused:
        inspect(data, file_type=file_type)
    return refused.value.reason


def png(size: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("1", size).save(buffer, "PNG")
    return buffer.getvalue()


def test_a_pdf_loses_author_scripts_and_stays_readable() -> None:
    checked = inspect(a_pdf(pages=2), file_type=FileType.PDF)
    with pikepdf.open(io.BytesIO(checked.data)) as document:
        assert len(document.pages) == 2
        assert "/OpenAction" not in document.Root
        assert "/Author" not in document.docinfo
    assert b"Amal" not in checked.data
    assert b"app.alert" not in checked.data


def test_a_photo_loses_camera_and_place_and_keeps_its_picture() -> None:
    original = a_jpeg()
    assert Image.open(io.BytesIO(original)).getexif()
    checked = inspect(original, file_type=FileType.JPEG)
    with Image.open(io.BytesIO(checked.data)) as picture:
        assert picture.size == (400, 300)
        assert not picture.getexif()


def test_a_word_file_loses_its_owners_name() -> None:
    checked = inspect(a_docx(), file_type=FileType.DOCX)
    with zipfile.ZipFile(io.BytesIO(checked.data)) as archive:
        assert b"Text" in archive.read("word/document.xml")
        assert b"Amal" not in archive.read("docProps/core.xml")


def test_checking_the_same_file_twice_gives_the_same_copy() -> None:
    for data, file_type in [
        (a_pdf(), FileType.PDF),
        (a_jpeg(), FileType.JPEG),
        (a_docx(), FileType.DOCX),
    ]:
        assert inspect(data, file_type=file_type) == inspect(data, file_type=file_type)


def test_a_program_that_calls_itself_a_pdf_is_refused() -> None:
    assert refusal(b"MZ\x90\x00" + b"\x00" * 500, FileType.PDF) is RefusalReason.TYPE_DIFFERS


def test_a_picture_that_calls_itself_a_pdf_is_refused() -> None:
    assert refusal(a_jpeg(), FileType.PDF) is RefusalReason.TYPE_DIFFERS
    assert refusal(a_pdf(), FileType.PNG) is RefusalReason.TYPE_DIFFERS


def test_a_pdf_that_was_cut_off_is_refused() -> None:
    whole = a_pdf(pages=5)
    assert refusal(whole[: len(whole) // 2], FileType.PDF) is RefusalReason.DAMAGED


def test_a_pdf_with_a_password_is_refused() -> None:
    document = pikepdf.new()
    document.add_blank_page()
    buffer = io.BytesIO()
    document.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert refusal(buffer.getvalue(), FileType.PDF) is RefusalReason.ENCRYPTED


def test_a_huge_picture_in_few_bytes_is_refused_before_it_is_unpacked() -> None:
    bomb = png((20_000, 20_000))
    assert len(bomb) < 1_000_000
    assert refusal(bomb, FileType.PNG) is RefusalReason.TOO_BIG_INSIDE


def test_a_large_photo_is_scaled_to_a_printed_page() -> None:
    checked = inspect(png((6000, 3000)), file_type=FileType.PNG)
    with Image.open(io.BytesIO(checked.data)) as picture:
        assert picture.size == (3600, 1800)


def test_a_picture_that_was_cut_off_is_refused() -> None:
    assert refusal(a_jpeg()[:600], FileType.JPEG) is RefusalReason.DAMAGED


def test_a_word_file_that_unpacks_to_gigabytes_is_refused() -> None:
    bomb = a_docx({"word/media/image1.bmp": b"\x00" * (160 * 1024 * 1024)})
    assert len(bomb) < 1_000_000
    assert refusal(bomb, FileType.DOCX) is RefusalReason.TOO_BIG_INSIDE


def test_a_word_file_that_lies_about_its_size_is_refused() -> None:
    honest = a_docx({"word/media/image1.bmp": b"\x00" * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    assert refusal(lying, FileType.DOCX) is RefusalReason.DAMAGED


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "word/run.exe"])
def test_a_word_file_with_programs_is_refused(name: str) -> None:
    assert refusal(a_docx({name: b"x"}), FileType.DOCX) is RefusalReason.HAS_MACROS


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "hello")
    assert refusal(buffer.getvalue(), FileType.DOCX) is RefusalReason.TYPE_DIFFERS


def test_an_archive_with_ways_out_of_its_folder_is_refused() -> None:
    assert refusal(a_docx({"../../evil.xml": b"x"}), FileType.DOCX) is RefusalReason.DAMAGED
