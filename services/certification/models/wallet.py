"""Certificates on their way into wallets, and the copies that lie there."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.certification.domain.wallet import CopyOutcome, OfferState
from services.certification.models.base import Base
from shared.db import enum_column


class WalletOffer(Base):
    """One offer of one certificate to whichever wallet redeems it first.

    Personal data: how the holder's name divides; deleted a day after the offer is over. Of the secrets only
    fingerprints lie here.
    """

    __tablename__ = "wallet_offer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    state: Mapped[OfferState] = enum_column(OfferState)
    given_name: Mapped[str]
    family_name: Mapped[str]
    needs_pin: Mapped[bool]
    wrong_pins: Mapped[int]
    reference_fingerprint: Mapped[str]
    code_fingerprint: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: The access token that the offer was redeemed for.
    token_fingerprint: Mapped[str | None]
    token_expires_at: Mapped[datetime | None]
    #: Whether that token's wallet names the data set instead of the configuration.
    uses_identifier: Mapped[bool]

    __table_args__ = (
        sa.UniqueConstraint("reference_fingerprint"),
        sa.UniqueConstraint("code_fingerprint"),
        sa.UniqueConstraint("token_fingerprint"),
        sa.Index("uq_wallet_offer_one_open", "certificate_id", unique=True, postgresql_where=sa.text("state = 'open'")),
        sa.Index(None, "expires_at"),
        sa.CheckConstraint("wrong_pins BETWEEN 0 AND 5", name="pins_limited"),
        sa.CheckConstraint(
            "(state IN ('redeemed', 'issued')) = (token_fingerprint IS NOT NULL)"
            " AND (token_fingerprint IS NULL) = (token_expires_at IS NULL)",
            name="token_when_redeemed",
        ),
    )


class WalletNonce(Base):
    """A challenge that was used, until it would be refused for its age. Personal data: none."""

    __tablename__ = "wallet_nonce"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "expires_at"),)


class WalletCopy(Base):
    """One credential that was handed to a wallet.

    Personal data: that and when the certificate was put into a wallet; kept with the certificate, so that the copy can
    be revoked. Neither the wallet nor its key is known here.
    """

    __tablename__ = "wallet_copy"

    status_list_id: Mapped[UUID] = mapped_column(primary_key=True)
    status_index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    certificate_id: Mapped[UUID] = mapped_column(sa.ForeignKey("certificate.id"))
    #: Copies of one answer have one offer and one notification.
    offer_id: Mapped[UUID]
    notification_fingerprint: Mapped[str]
    issued_at: Mapped[datetime]
    outcome: Mapped[CopyOutcome | None] = enum_column(CopyOutcome, nullable=True)
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["status_list_id", "status_index"], ["status_entry.status_list_id", "status_entry.index"]
        ),
        sa.Index(None, "certificate_id"),
        sa.Index(None, "offer_id"),
        sa.Index(None, "notification_fingerprint"),
    )
