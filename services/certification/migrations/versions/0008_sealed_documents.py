"""Documents have a table of their own: several languages for each subject, sealed, tried again where something failed.

Files of before are not sealed; they are made anew when somebody asks for them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", _one_of("documentkind", "certificate", "pass"), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("second_language", sa.Text(), nullable=False),
        sa.Column("state", _one_of("documentstate", "wanted", "stored"), nullable=False),
        sa.Column("wanted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", _one_of("documentproblem", "store", "seal", "timestamp"), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sealed_sha256", sa.Text(), nullable=True),
        sa.Column("seal_level", _one_of("seallevel", "b-b", "b-t", "b-lta"), nullable=True),
        sa.Column("key_code", sa.Text(), nullable=True),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'stored') = (key IS NOT NULL) AND (key IS NULL) = (sha256 IS NULL) AND (key IS NULL) ="
            " (size IS NULL) AND (key IS NULL) = (seal_level IS NULL) AND (key IS NULL) = (stored_at IS NULL)",
            name=op.f("ck_document_stored_whole"),
        ),
        sa.CheckConstraint("state = 'stored' OR try_at IS NOT NULL", name=op.f("ck_document_wanted_is_due")),
        sa.CheckConstraint("(sealed_sha256 IS NULL) = (key_code IS NULL)", name=op.f("ck_document_sealed_whole")),
        sa.CheckConstraint("state = 'wanted' OR sealed_sha256 IS NOT NULL", name=op.f("ck_document_stored_is_sealed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("subject_id", "second_language", name=op.f("uq_document_subject_id_second_language")),
    )
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"])
    op.create_index(op.f("ix_document_sealed_sha256"), "document", ["sealed_sha256"])
    op.create_index("ix_document_due", "document", ["try_at"], postgresql_where=sa.text("try_at IS NOT NULL"))
    op.create_index("ix_document_store_failed", "document", ["tried_at"], postgresql_where=sa.text("problem = 'store'"))
    op.drop_constraint(op.f("ck_certificate_document_whole"), "certificate", type_="check")
    op.drop_column("certificate", "document_key")
    op.drop_column("certificate", "document_sha256")


def downgrade() -> None:
    """Take the change back."""
    op.add_column("certificate", sa.Column("document_sha256", sa.Text(), nullable=True))
    op.add_column("certificate", sa.Column("document_key", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_certificate_document_whole"), "certificate", "(document_key IS NULL) = (document_sha256 IS NULL)"
    )
    op.drop_table("document")
