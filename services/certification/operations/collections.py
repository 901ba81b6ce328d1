"""Everything that somebody owns in one file: made in memory, within limits, with words about what lies in it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from services.certification.adapters.collection_words import collection_words
from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import sentences, write_date
from services.certification.domain.badges import BadgeForm
from services.certification.domain.errors import DocumentStoreAway, TooManyDocuments
from services.certification.models import Certificate
from services.certification.operations.badges import draw_baked_badge
from services.certification.operations.certificates import list_own_certificates
from services.certification.operations.documents import default_language, open_certificate_document
from shared.documents import Documents
from shared.kernel.actor import Actor

#: Certificates in one file: nobody owns more, and each is some 200 KiB.
_LIMIT = 50
#: ZIP knows no earlier instant; the same certificates give the same file.
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes


def collect_certificates(
    session: Session, *, actor: Actor, language: str, documents: Documents, seal: Seal, now: datetime
) -> bytes:
    """A ZIP file with PDF, JSON, JWT and badge of every certificate of a person, and words in a language.

    A PDF that is not made yet, or that the store does not give out now, is ordered and named in the words as missing.
    Raises TooManyDocuments.
    """
    owned = [
        certificate for certificate in list_own_certificates(session, actor=actor) if certificate.erased_at is None
    ]
    if len(owned) > _LIMIT:
        raise TooManyDocuments(limit=_LIMIT)
    missing: list[str] = []
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for certificate in owned:
            for file in _files_of(session, certificate, actor=actor, documents=documents, now=now):
                if not file.content:
                    missing.append(file.name)
                else:
                    _write(archive, file)
        _write(archive, _File("README.txt", _readme(owned, missing, language=language, seal=seal).encode("utf-8-sig")))
    return buffer.getvalue()


def _files_of(
    session: Session, certificate: Certificate, *, actor: Actor, documents: Documents, now: datetime
) -> Iterator[_File]:
    folder = f"{certificate.level_code}-{certificate.number}"
    pdf = _pdf_of(session, certificate, actor=actor, documents=documents, now=now)
    yield _File(f"{folder}/certificate.pdf", pdf)
    if not certificate.credential:
        return
    yield _File(f"{folder}/credential.json", certificate.credential.encode())
    if certificate.credential_jwt:
        yield _File(f"{folder}/credential.jwt", certificate.credential_jwt.encode())
    badge = draw_baked_badge(
        session,
        level_code=certificate.level_code,
        level_title=certificate.level_title,
        credential=certificate.credential,
        form=BadgeForm.PNG,
    )
    yield _File(f"{folder}/badge.png", badge)


def _pdf_of(session: Session, certificate: Certificate, *, actor: Actor, documents: Documents, now: datetime) -> bytes:
    """The stored PDF, or nothing where there is none at the moment."""
    try:
        opened = open_certificate_document(
            session,
            actor=actor,
            number=certificate.number,
            second_language=default_language(session, certificate),
            documents=documents,
            now=now,
        )
    except DocumentStoreAway:
        return b""
    return opened.pdf or b""


def _readme(owned: list[Certificate], missing: list[str], *, language: str, seal: Seal) -> str:
    words = collection_words(sentences(language))
    lines = [words["title"], "", words["what"], ""]
    for certificate in owned:
        issued = words["issued_on"] % {"day": write_date(certificate.issued_on, language)}
        lines += [f"{certificate.level_title}, {issued}", seal.verification_url(certificate.number), ""]
    lines += [
        f"{name}: {words[name]}" for name in ("certificate.pdf", "credential.json", "credential.jwt", "badge.png")
    ]
    if missing:
        lines += ["", words["missing"], *missing]
    return "\r\n".join([*lines, "", words["keep"], ""])


def _write(archive: zipfile.ZipFile, file: _File) -> None:
    info = zipfile.ZipInfo(file.name, _STAMP)
    info.external_attr = 0o644 << 16
    is_packed = file.name.endswith((".pdf", ".png"))
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    archive.writestr(info, file.content)
