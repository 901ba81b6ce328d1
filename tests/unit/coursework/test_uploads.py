"""What is said about a file before it comes."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.coursework.domain.errors import TooManyFiles, UploadEmpty, UploadTooLarge, UploadTypeRefused
from services.coursework.domain.uploads import (
    FILES_LIMIT,
    SIZE_LIMIT,
    AnnouncedFile,
    FileType,
    announce,
    harmless_name,
    raw_key,
)

ALL = frozenset(FileType)


def said(
    name: str = "Plan.pdf", size: int = 10, content_type: str = "application/pdf", accepted: frozenset[FileType] = ALL
) -> AnnouncedFile:
    return announce(name=name, size=size, content_type=content_type, accepted=accepted, files_already=0)


def test_a_browser_that_does_not_know_the_type_is_helped_by_the_names_ending() -> None:
    assert said("Foto.JPEG", content_type="").file_type is FileType.JPEG
    assert said("Plan.docx", content_type="application/octet-stream").file_type is FileType.DOCX


@pytest.mark.parametrize(
    ("name", "content_type"), [("run.exe", "application/x-msdownload"), ("page.html", "text/html"), ("noending", "")]
)
def test_other_types_are_refused_with_the_ones_that_work(name: str, content_type: str) -> None:
    with pytest.raises(UploadTypeRefused) as refusal:
        said(name, content_type=content_type, accepted=frozenset({FileType.PDF, FileType.PNG}))
    assert refusal.value.accepted == "PDF, PNG"


def test_size_and_number_have_limits() -> None:
    assert said(size=SIZE_LIMIT).size == SIZE_LIMIT
    with pytest.raises(UploadTooLarge):
        said(size=SIZE_LIMIT + 1)
    with pytest.raises(UploadEmpty):
        said(size=0)
    with pytest.raises(TooManyFiles):
        announce(name="a.pdf", size=1, content_type="", accepted=ALL, files_already=FILES_LIMIT)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Amal\\Plan.pdf", "Plan.pdf"),
        ("Plan\u202egpj.pdf", "Plan gpj.pdf"),
        ("  خطة.pdf ", "خطة.pdf"),
        ("\x00", "file"),
        ("", "file"),
    ],
)
def test_names_lose_paths_and_tricks_and_keep_their_letters(given_name: str, kept: str) -> None:
    assert harmless_name(given_name) == kept


@given(st.text(max_size=400))
def test_a_name_is_never_empty_long_or_a_path(name: str) -> None:
    plain = harmless_name(name)
    assert 0 < len(plain) <= 120
    assert not set(plain) & set('/\\\x00"<>|:*?\n\r')


def test_keys_are_made_of_ids_alone() -> None:
    ids = {"run_id": UUID(int=1), "place_id": UUID(int=2), "upload_id": UUID(int=3)}
    assert raw_key(**ids, file_type=FileType.JPEG) == f"uploads/{UUID(int=1)}/{UUID(int=2)}/{UUID(int=3)}.jpg"
