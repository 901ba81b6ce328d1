"""Small honest files that somebody hands in."""

import io
import zipfile

import pikepdf
from PIL import Image


def a_pdf(*, title: str = "Steckbrief", pages: int = 1) -> bytes:
    """A small honest PDF that says who wrote it."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(300, 400))
    document.docinfo["/Author"] = "Amal Haddad"
    document.docinfo["/Title"] = title
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_jpeg(*, size: tuple[int, int] = (400, 300)) -> bytes:
    """A photo that says where it was taken."""
    picture = Image.new("RGB", size, "orange")
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {1: "N", 2: (48.0, 46.0, 0.0)}
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def a_docx(extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file, as far as its archive is concerned."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        archive.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships/>')
        archive.writestr("word/document.xml", '<?xml version="1.0"?><document>Text</document>')
        archive.writestr("docProps/core.xml", "<creator>Amal Haddad</creator>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()
