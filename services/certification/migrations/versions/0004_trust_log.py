"""The issuance log becomes a tree: entries without a queue before them, nodes, signed heads, and no way back."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from services.certification.domain.log import LogKind, leaf_of
from services.certification.domain.merkle import grow, leaf_hash

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KINDS = (
    "certificate_issued",
    "certificate_reissued",
    "certificate_suspended",
    "certificate_restored",
    "certificate_revoked",
    "pass_changed",
    "pass_issued",
    "pass_suspended",
    "pass_restored",
    "pass_ended",
    "key_added",
    "key_retired",
    "key_revoked",
)
_KIND = sa.Enum(*_KINDS, name="logkind", native_enum=False, create_constraint=True, length=40)
_AT_ONCE = 1_000


def upgrade() -> None:
    """Make the change."""
    _make_tables()
    _take_entries_over()
    _grow_tree()
    _forbid_changes()
    op.drop_table("issuance_log_entry")
    op.add_column("certificate", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("certificate", "log_salt", nullable=True)
    op.create_check_constraint(
        op.f("ck_certificate_erased_whole"), "certificate", "erased_at IS NULL OR (log_salt IS NULL AND full_name = '')"
    )


def _make_tables() -> None:
    op.create_table(
        "log_entry",
        sa.Column("sequence", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("position >= 0", name=op.f("ck_log_entry_position_from_zero")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_log_entry")),
        sa.UniqueConstraint("position", name=op.f("uq_log_entry_position")),
    )
    op.create_index(op.f("ix_log_entry_subject_id_kind"), "log_entry", ["subject_id", "kind"])
    op.create_index(op.f("ix_log_entry_commitment"), "log_entry", ["commitment"])
    op.create_index("ix_log_entry_waiting", "log_entry", ["sequence"], postgresql_where=sa.text("position IS NULL"))
    op.create_table(
        "log_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(hash) = 32", name=op.f("ck_log_node_hash_of_32_bytes")),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_head",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tree_size", sa.BigInteger(), nullable=False),
        sa.Column("root_hash", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("octet_length(root_hash) = 32", name=op.f("ck_log_head_root_hash_of_32_bytes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_head")),
    )
    op.create_index(op.f("ix_log_head_tree_size"), "log_head", ["tree_size"])


def _take_entries_over() -> None:
    """The lines of the chain become the first leaves, in their order. The task signs the first head over them."""
    op.execute(
        "INSERT INTO log_entry (kind, subject_id, commitment, recorded_at, position)"
        " SELECT kind, subject_id, commitment, recorded_at, position - 1 FROM issuance_log_entry ORDER BY position"
    )


def _grow_tree() -> None:
    rows = sa.text(
        "SELECT kind, commitment, recorded_at FROM log_entry WHERE position >= :first ORDER BY position LIMIT :most"
    )
    node = sa.table("log_node", sa.column("level"), sa.column("index"), sa.column("hash"))
    connection, size = op.get_bind(), 0
    crown: list[bytes] = []
    while leaves := connection.execute(rows, {"first": size, "most": _AT_ONCE}).all():
        made, crown = grow(size, crown, [_hash_of(leaf) for leaf in leaves])
        op.bulk_insert(
            node, [{"level": level, "index": index, "hash": digest} for (level, index), digest in made.items()]
        )
        size += len(leaves)


def _hash_of(leaf: Any) -> bytes:
    return leaf_hash(leaf_of(kind=LogKind(leaf.kind), bound=leaf.commitment, recorded_at=leaf.recorded_at))


def _forbid_changes() -> None:
    """Append-only by the database: an entry gets its position once, and nothing else ever changes or goes."""
    op.execute(
        "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the trust log only grows' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        "CREATE TRIGGER log_entry_keeps BEFORE UPDATE ON log_entry FOR EACH ROW WHEN (OLD.position IS NOT NULL"
        " OR (OLD.sequence, OLD.kind, OLD.subject_id, OLD.commitment, OLD.recorded_at) IS DISTINCT FROM"
        " (NEW.sequence, NEW.kind, NEW.subject_id, NEW.commitment, NEW.recorded_at))"
        " EXECUTE FUNCTION refuse_change_of_log()"
    )
    op.execute(
        "CREATE TRIGGER log_entry_stays BEFORE DELETE ON log_entry FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log()"
    )
    for table in ("log_node", "log_head"):
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log()"
        )
    for table in ("log_entry", "log_node", "log_head"):
        op.execute(
            f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
        )


def downgrade() -> None:
    """Take the change back. The chain cannot be made again from the tree: it starts anew."""
    op.drop_constraint(op.f("ck_certificate_erased_whole"), "certificate", type_="check")
    op.execute("UPDATE certificate SET log_salt = '' WHERE log_salt IS NULL")
    op.alter_column("certificate", "log_salt", nullable=False)
    op.drop_column("certificate", "erased_at")
    op.create_table(
        "issuance_log_entry",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", _KIND, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("entry_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_issuance_log_entry_position_from_one")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_issuance_log_entry")),
        sa.UniqueConstraint("entry_hash", name=op.f("uq_issuance_log_entry_entry_hash")),
    )
    op.create_index(op.f("ix_issuance_log_entry_subject_id_position"), "issuance_log_entry", ["subject_id", "position"])
    for table in ("log_head", "log_node", "log_entry"):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_change_of_log()")
