"""Everything that public verification asks about a number, by one statement each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.certification.domain.keys import KeyPurpose
from services.certification.domain.log import LogKind
from services.certification.models import (
    AssociationCopy,
    AssociationPass,
    Certificate,
    HolderChoice,
    LogEntry,
    PassCredential,
    SigningKey,
    StatusEntry,
    StatusList,
    WalletCopy,
)
from services.certification.queries.verification.known import KnownCertificate, KnownKey, KnownPass, KnownStatus

_FACTS = (
    "id",
    "number",
    "state",
    "level_code",
    "level_title",
    "units_attended",
    "units_offered",
    "quizzes_passed",
    "assignments_accepted",
    "carrier_name",
    "town",
    "starts_on",
    "ends_on",
    "issued_on",
    "revoked_at",
    "revocation_reason",
    "revocation_remark",
    "superseded_at",
    "erased_at",
    "credential",
    "credential_sha256",
    "log_salt",
)
_PASS_FACTS = ("id", "number", "state", "valid_from", "valid_until", "changed_at")
#: Tables instead of classes: rows are read, no objects are made of them.
_CERTIFICATES, _PASSES = sa.inspect(Certificate).local_table, sa.inspect(AssociationPass).local_table
_CREDENTIALS, _ASSOCIATIONS = sa.inspect(PassCredential).local_table, sa.inspect(AssociationCopy).local_table
_ENTRIES, _LISTS = sa.inspect(StatusEntry).local_table, sa.inspect(StatusList).local_table
_SIGNING_KEYS = sa.inspect(SigningKey).local_table
_SUCCESSOR = _CERTIFICATES.alias("successor")
_CHOICES = sa.inspect(HolderChoice).local_table

#: All keys as one value: there are few of them, and asking beside the certificate saves a second statement.
_KEYS = (
    sa.select(
        sa.func.json_agg(
            sa.func.json_build_array(
                _SIGNING_KEYS.c.code,
                _SIGNING_KEYS.c.purpose,
                _SIGNING_KEYS.c.multibase,
                _SIGNING_KEYS.c.revoked_at,
                _SIGNING_KEYS.c.revocation_reason,
            )
        )
    )
    .correlate(None)
    .scalar_subquery()
    .label("keys")
)
_STATUS = (
    _LISTS.c.id.label("list_id"),
    _LISTS.c.code.label("list_code"),
    _ENTRIES.c.index.label("list_index"),
    _ENTRIES.c.value.label("list_value"),
    _LISTS.c.signed_at.label("list_signed_at"),
)
_CERTIFICATE = (
    sa.select(
        *(_CERTIFICATES.c[name] for name in _FACTS),
        _CERTIFICATES.c.modules,
        _SUCCESSOR.c.number.label("successor"),
        # The name leaves the table only where its holder has said so.
        sa.case((_CHOICES.c.shows_name, _CERTIFICATES.c.full_name)).label("shown_name"),
        *_STATUS,
        _KEYS,
    )
    .select_from(_CERTIFICATES)
    .join(
        _ENTRIES,
        sa.and_(
            _ENTRIES.c.status_list_id == _CERTIFICATES.c.status_list_id,
            _ENTRIES.c.index == _CERTIFICATES.c.status_index,
        ),
    )
    .join(_LISTS, _LISTS.c.id == _CERTIFICATES.c.status_list_id)
    .outerjoin(_SUCCESSOR, _SUCCESSOR.c.replaces_id == _CERTIFICATES.c.id)
    .outerjoin(_CHOICES, _CHOICES.c.certificate_id == _CERTIFICATES.c.id)
    .where(_CERTIFICATES.c.number == sa.bindparam("number"))
)
_PASS = (
    sa.select(
        *(_PASSES.c[name] for name in _PASS_FACTS),
        _ASSOCIATIONS.c.name.label("association_name"),
        _ASSOCIATIONS.c.town,
        _CREDENTIALS.c.id.label("credential_id"),
        _CREDENTIALS.c.credential,
        _CREDENTIALS.c.credential_sha256,
        _CREDENTIALS.c.log_salt,
        *_STATUS,
        _KEYS,
    )
    .select_from(_PASSES)
    .join(_ASSOCIATIONS, _ASSOCIATIONS.c.association_id == _PASSES.c.association_id)
    .outerjoin(
        _CREDENTIALS,
        sa.and_(_CREDENTIALS.c.pass_id == _PASSES.c.id, _CREDENTIALS.c.superseded_at.is_(None)),
    )
    .outerjoin(
        _ENTRIES,
        sa.and_(
            _ENTRIES.c.status_list_id == _CREDENTIALS.c.status_list_id,
            _ENTRIES.c.index == _CREDENTIALS.c.status_index,
        ),
    )
    .outerjoin(_LISTS, _LISTS.c.id == _CREDENTIALS.c.status_list_id)
    .where(_PASSES.c.number == sa.bindparam("number"))
)


def find_known_certificate(session: Session, *, number: str) -> KnownCertificate | None:
    """The certificate of a number."""
    row = session.execute(_CERTIFICATE, {"number": number}).mappings().one_or_none()
    if row is None:
        return None
    return KnownCertificate(
        **{name: row[name] for name in _FACTS},
        modules=tuple((module["title"], module["units"]) for module in row["modules"]),
        successor=row["successor"],
        shown_name=row["shown_name"] or None,
        status=_status(row),
        keys=_keys(row["keys"]),
    )


def find_known_pass(session: Session, *, number: str) -> KnownPass | None:
    """The pass of a number."""
    row = session.execute(_PASS, {"number": number}).mappings().one_or_none()
    if row is None:
        return None
    return KnownPass(
        **{name: row[name] for name in _PASS_FACTS},
        association_name=row["association_name"],
        town=row["town"],
        credential_id=row["credential_id"],
        credential=row["credential"],
        credential_sha256=row["credential_sha256"],
        log_salt=row["log_salt"],
        status=_status(row) if row["list_id"] else None,
        keys=_keys(row["keys"]),
    )


def list_known_keys(session: Session) -> tuple[KnownKey, ...]:
    """Every key that was ever ours."""
    return _keys(session.scalar(sa.select(_KEYS)))


def list_commitments(session: Session, *, subject_id: UUID, kinds: Collection[LogKind]) -> list[str]:
    """What the trust log binds of a subject in entries of these kinds."""
    statement = sa.select(LogEntry.commitment).where(LogEntry.subject_id == subject_id, LogEntry.kind.in_(kinds))
    return list(session.scalars(statement))


def find_number_of_copy(session: Session, *, list_code: str, index: int) -> tuple[str, int] | None:
    """The certificate's number behind a wallet's copy, and what the copy's status list says of the copy."""
    row = session.execute(
        sa.select(Certificate.number, StatusEntry.value)
        .join(WalletCopy, WalletCopy.certificate_id == Certificate.id)
        .join(
            StatusEntry,
            sa.and_(
                StatusEntry.status_list_id == WalletCopy.status_list_id, StatusEntry.index == WalletCopy.status_index
            ),
        )
        .join(StatusList, StatusList.id == WalletCopy.status_list_id)
        .where(StatusList.code == list_code, WalletCopy.status_index == index)
    ).one_or_none()
    return (row.number, row.value) if row else None


def _status(row: Any) -> KnownStatus:
    return KnownStatus(
        list_id=row["list_id"],
        list_code=row["list_code"],
        index=row["list_index"],
        value=row["list_value"],
        signed_at=row["list_signed_at"],
    )


def _keys(rows: list[list[Any]] | None) -> tuple[KnownKey, ...]:
    return tuple(
        KnownKey(
            code=code,
            purpose=KeyPurpose(purpose),
            multibase=multibase,
            revoked_at=datetime.fromisoformat(revoked_at) if revoked_at else None,
            revocation_reason=reason,
        )
        for code, purpose, multibase, revoked_at, reason in rows or []
    )
