"""The trust log: entries, the tree over them, and the heads that we signed. A trigger refuses to change any of them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.log import LogKind
from services.certification.models.base import Base
from shared.db import enum_column


class LogEntry(Base):
    """One entry; it waits without a position until it is in the tree.

    Personal data: none; a commitment is a salted hash, and its salt lies with the certificate.
    """

    __tablename__ = "log_entry"

    #: The order in which entries were written; gaps mean nothing.
    sequence: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    kind: Mapped[LogKind] = enum_column(LogKind)
    subject_id: Mapped[UUID]
    commitment: Mapped[str]
    recorded_at: Mapped[datetime]
    #: Which leaf of the tree it is, counted from 0.
    position: Mapped[int | None] = mapped_column(sa.BigInteger)

    __table_args__ = (
        sa.UniqueConstraint("position"),
        sa.Index(None, "subject_id", "kind"),
        sa.Index(None, "commitment"),
        sa.Index("ix_log_entry_waiting", "sequence", postgresql_where=sa.text("position IS NULL")),
        sa.CheckConstraint("position >= 0", name="position_from_zero"),
    )


class LogNode(Base):
    """One complete subtree of the tree, see domain/merkle.py. Personal data: none."""

    __tablename__ = "log_node"

    level: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes]

    __table_args__ = (sa.CheckConstraint("octet_length(hash) = 32", name="hash_of_32_bytes"),)


class LogHead(Base):
    """One signed head; the last counts. Personal data: none."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    tree_size: Mapped[int] = mapped_column(sa.BigInteger)
    root_hash: Mapped[bytes]
    signed_at: Mapped[datetime]
    key_code: Mapped[str]
    #: The signed note, letter for letter as it is handed out.
    note: Mapped[str]

    __table_args__ = (
        sa.Index(None, "tree_size"),
        sa.CheckConstraint("octet_length(root_hash) = 32", name="root_hash_of_32_bytes"),
    )
