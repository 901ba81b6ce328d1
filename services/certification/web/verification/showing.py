"""Putting a finding into words and onto a page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import render_template, url_for
from flask_babel import gettext as _

from services.certification.domain.verification import Check, Verdict
from services.certification.operations.verification import (
    CertificateVerification,
    ForeignVerification,
    PassVerification,
    UploadVerification,
)
from services.certification.operations.verification.findings import Carrier
from services.certification.web.schemas.verification import NameSchema
from services.certification.web.verification import words
from services.certification.web.words import REASONS, REMARKS
from shared.kernel.clock import utc_now
from shared.ui.formats import format_date
from shared.web import resources
from shared.web.forms import Form

#: Carriers in which a certificate that is in force is still no green light.
_DOUBTFUL = (Carrier.CHANGED, Carrier.UNSEALED, Carrier.PICTURE)


@dataclass(frozen=True)
class Told:
    """The answer on top: a word, its tone, sentences."""

    word: str
    tone: str
    sentences: tuple[str, ...]


def told_of(found: CertificateVerification | PassVerification) -> Told:
    """The answer about what was found, with day and public reason where it does not count."""
    if isinstance(found, PassVerification):
        answer = words.OF_PASSES[found.verdict]
        return Told(str(answer.word), answer.tone, (_filled(answer.sentence, found.seal.key_revoked_at),))
    answer = words.OF_CERTIFICATES[found.verdict]
    sentences = [_filled(answer.sentence, found.changed_at)]
    if found.verdict is Verdict.REVOKED:
        sentences += [str(text) for text in (_reason(found), _remark(found)) if text]
    if found.verdict is Verdict.KEY_REVOKED:
        sentences += [str(words.KEY_REASONS[found.seal.key_reason])] if found.seal.key_reason else []
    if found.verdict is Verdict.ERASED:
        sentences += _what_else_ended(found)
    return Told(str(answer.word), answer.tone, tuple(sentences))


def told_of_upload(upload: UploadVerification) -> Told:
    """The answer about a file: what is around the credential must be as genuine as the credential."""
    found = upload.found
    if upload.carrier in _DOUBTFUL and found.verdict is Verdict.VALID:
        answer = words.OF_CARRIERS[upload.carrier]
        return Told(str(answer.word), answer.tone, (str(answer.sentence),))
    if found.verdict is Verdict.NOT_GENUINE:
        answer = words.CHANGED_TEXT
        return Told(str(answer.word), answer.tone, (str(answer.sentence),))
    told = told_of(found)
    if upload.carrier in (Carrier.CHANGED, Carrier.UNSEALED):
        return Told(told.word, "danger", (*told.sentences, str(words.OF_CARRIERS[upload.carrier].sentence)))
    return told


def certificate_page(
    found: CertificateVerification, form: Form, *, answer: bool | None = None, upload: UploadVerification | None = None
) -> str:
    """The page of a certificate, opened by its number or found in a file."""
    return render_template(
        "certification/verify/certificate.html",
        **_common(found, upload),
        form=form,
        answer=answer,
        claims=[(str(words.CLAIMS.get(name, name)), value) for name, value in upload.disclosed] if upload else [],
    )


def pass_page(found: PassVerification, *, upload: UploadVerification | None = None) -> str:
    """The page of a pass."""
    return render_template("certification/verify/pass.html", **_common(found, upload))


def upload_page(upload: UploadVerification) -> str:
    """The page about a file that holds something of ours."""
    if isinstance(upload.found, PassVerification):
        return pass_page(upload.found, upload=upload)
    return certificate_page(upload.found, Form.empty(NameSchema()), upload=upload)


def foreign_page(found: ForeignVerification) -> str:
    """The page about another issuer's badge."""
    told = _told_of_foreign(found)
    return render_template(
        "certification/verify/foreign.html", found=found, told=told, status=words.FOREIGN_STATUSES[found.status]
    )


def _common(found: CertificateVerification | PassVerification, upload: UploadVerification | None) -> dict[str, Any]:
    return {
        "found": found,
        "told": told_of_upload(upload) if upload else told_of(found),
        "checks": _checks(found, upload),
        "verdict": found.verdict.value,
        "number": found.number,
        "is_file": upload is not None,
        "is_trusted": (upload.verdict if upload else found.verdict) is not Verdict.NOT_GENUINE,
        "checked_at": utc_now(),
        "address": f"{resources().settings.base_url}{url_for('verification.show', typed=found.number)}",
    }


def _checks(
    found: CertificateVerification | PassVerification, upload: UploadVerification | None
) -> list[dict[str, Any]]:
    """Each question with its answer, as the timeline shows them."""
    lines = []
    for result in found.checks:
        question, yes, no = words.CHECKS[result.check]
        lines.append(_line(question, yes if result.has_passed else no, "success" if result.has_passed else "danger"))
        if result.check is Check.GENUINE and result.has_passed:
            lines.append(_line(_("Whose seal is it?"), _whose(found), "success"))
    if upload and upload.carrier in words.CARRIED:
        lines.append(_line(_("Is the file what was issued?"), words.CARRIED[upload.carrier], "success"))
    elif upload and upload.carrier in words.OF_CARRIERS:
        carried = words.OF_CARRIERS[upload.carrier]
        lines.append(_line(_("Is the file what was issued?"), carried.sentence, carried.tone))
    return lines


def _line(question: Any, answer: Any, tone: str) -> dict[str, Any]:
    return {"title": str(question), "text": str(answer), "tone": tone}


def _whose(found: CertificateVerification | PassVerification) -> str:
    site = urlsplit(resources().settings.base_url).netloc
    return _("It is the seal of %(issuer)s (%(site)s).", issuer=found.seal.issuer_name, site=site)


def _filled(sentence: Any, day: datetime | None) -> str:
    text = str(sentence)
    return text % {"day": format_date(day, "long") if day else "–"} if "%(day)s" in text else text


def _what_else_ended(found: CertificateVerification) -> list[str]:
    """Whoever holds an erased certificate must still learn that it was revoked or replaced."""
    ends = ((Verdict.REVOKED, found.revoked_at), (Verdict.SUPERSEDED, found.superseded_at))
    return [_filled(words.OF_CERTIFICATES[verdict].sentence, day) for verdict, day in ends if day]


def _reason(found: CertificateVerification) -> Any:
    return REASONS.get(found.revocation_reason) if found.revocation_reason else None


def _remark(found: CertificateVerification) -> Any:
    return REMARKS.get(found.revocation_remark) if found.revocation_remark else None


def _told_of_foreign(found: ForeignVerification) -> Told:
    if found.is_unreachable:
        return Told(
            _("Not checkable now"),
            "warning",
            (_("We could not read the keys of the issuer. Try again later, or ask the issuer."),),
        )
    if not found.is_signed:
        return Told(_("Not genuine"), "danger", (_("The signature does not fit the key of the named issuer."),))
    if found.status.value == "revoked":
        return Told(_("Revoked"), "danger", (_("The issuer has signed this badge and has taken it back."),))
    if found.is_expired:
        return Told(_("Expired"), "warning", (_("The issuer has signed this badge. Its time is over."),))
    return Told(
        _("From another issuer"),
        "info",
        (_("The signature fits. But it is not ours: we do not know this issuer, and cannot say who it is."),),
    )
