"""Templates in versions, certificates held for release, reissued and issued in batches; what was issued is frozen."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OLD_REASONS = ("issued_in_error", "conditions_not_met", "wrong_person", "holder_asked", "replaced")
_REASONS = (
    "issued_in_error",
    "conditions_not_met",
    "wrong_person",
    "wrong_details",
    "false_statements",
    "key_compromised",
    "holder_asked",
    "replaced",
)
_REMARK = sa.Enum(
    "not_the_holders_fault",
    "new_one_follows",
    "office_answers",
    name="revocationremark",
    native_enum=False,
    create_constraint=True,
    length=40,
)
_REISSUE_REASON = sa.Enum(
    "name_changed",
    "mistake",
    "key_revoked",
    name="reissuereason",
    native_enum=False,
    create_constraint=True,
    length=40,
)
#: What no statement may change in a certificate that was issued.
_FROZEN = (
    "id",
    "number",
    "person_id",
    "place_id",
    "run_id",
    "level_code",
    "level_title",
    "modules",
    "units_attended",
    "units_offered",
    "quizzes_passed",
    "assignments_accepted",
    "rubric_results",
    "fulfilled_on",
    "carrier_name",
    "run_title",
    "town",
    "starts_on",
    "ends_on",
    "issued_at",
    "issued_on",
    "template_version",
    "replaces_id",
    "reissue_reason",
    "status_list_id",
    "status_index",
)
#: What only erasing a person may empty: by the statement that sets `erased_at`, or after it.
_ERASABLE = ("full_name", "language", "credential", "credential_sha256", "credential_jwt", "log_salt")
_GUARD = """
CREATE FUNCTION keep_certificate_as_issued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    kept text[] := ARRAY[{frozen}];
    name text;
BEGIN
    IF NEW.erased_at IS NULL THEN
        kept := kept || ARRAY[{erasable}];
    END IF;
    FOREACH name IN ARRAY kept LOOP
        IF before -> name IS DISTINCT FROM after -> name THEN
            RAISE EXCEPTION 'what was issued does not change: %', name USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    IF OLD.erased_at IS NOT NULL AND NEW.erased_at IS NULL THEN
        RAISE EXCEPTION 'what was erased does not come back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    """Make the change."""
    _make_templates_and_rules()
    _make_batches()
    _widen_certificates()
    _make_requests()
    _freeze()


def _make_templates_and_rules() -> None:
    op.create_table(
        "certificate_template",
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="templatestate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sheet_text", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("shows_units", sa.Boolean(), nullable=False),
        sa.Column("shows_modules", sa.Boolean(), nullable=False),
        sa.Column("shown_results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("alignments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("languages", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=op.f("ck_certificate_template_published_whole")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_certificate_template_version_from_one")),
        sa.PrimaryKeyConstraint("level_code", "version", name=op.f("pk_certificate_template")),
    )
    op.create_index(
        "uq_certificate_template_one_draft",
        "certificate_template",
        ["level_code"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_table(
        "release_rule_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level_codes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_release_rule_version_version_from_one")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_release_rule_version")),
    )


def _make_batches() -> None:
    op.create_table(
        "issue_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("issue", "reissue", name="batchkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "paused",
                "cancelled",
                "finished",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state IN ('finished', 'cancelled')) = (ended_at IS NOT NULL)", name=op.f("ck_issue_batch_ended_whole")
        ),
        sa.CheckConstraint("total >= 1", name=op.f("ck_issue_batch_total_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_batch")),
    )
    op.create_index("ix_issue_batch_newest", "issue_batch", ["started_at", "id"], unique=False)
    op.create_index(
        "ix_issue_batch_running", "issue_batch", ["id"], unique=False, postgresql_where=sa.text("state = 'running'")
    )
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "issued",
                "had_one",
                "has_level",
                "fact_missing",
                "person_missing",
                "name_unusable",
                "level_missing",
                "run_missing",
                "held",
                "refused",
                "not_found",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("certificate_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome = 'issued') = (certificate_id IS NOT NULL)", name=op.f("ck_batch_item_issued_has_certificate")
        ),
        sa.CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name=op.f("ck_batch_item_done_whole")),
        sa.ForeignKeyConstraint(["batch_id"], ["issue_batch.id"], name=op.f("fk_batch_item_batch_id_issue_batch")),
        sa.PrimaryKeyConstraint("batch_id", "subject_id", name=op.f("pk_batch_item")),
    )
    op.create_index(
        "ix_batch_item_left",
        "batch_item",
        ["batch_id", "subject_id"],
        unique=False,
        postgresql_where=sa.text("outcome IS NULL"),
    )


def _make_requests() -> None:
    op.create_table(
        "release_request",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "released",
                "refused",
                "withdrawn",
                name="releasestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "refusal_reason",
            sa.Enum(
                "proof_missing",
                "practice_missing",
                "result_unclear",
                "person_unclear",
                name="refusalreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("refusal_note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal_reason IS NOT NULL) AND (state = 'refused') = (refusal_note IS NOT NULL)",
            name=op.f("ck_release_request_refusal_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_release_request_decided_when_not_waiting")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["level_completion.place_id"], name=op.f("fk_release_request_place_id_level_completion")
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_release_request")),
    )
    op.create_index(op.f("ix_release_request_person_id"), "release_request", ["person_id"], unique=False)
    op.create_index(
        "ix_release_request_waiting",
        "release_request",
        ["held_at", "place_id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "reissue_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "name_changed",
                "mistake",
                "key_revoked",
                name="reissuereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "granted",
                "refused",
                name="reissuestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Uuid(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_reissue_request_decided_when_not_waiting")
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_reissue_request_certificate_id_certificate")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reissue_request")),
    )
    op.create_index(
        "ix_reissue_request_certificate_id_asked_at", "reissue_request", ["certificate_id", "asked_at"], unique=False
    )
    op.create_index(
        "uq_reissue_request_one_waiting",
        "reissue_request",
        ["certificate_id"],
        unique=True,
        postgresql_where=sa.text("state = 'waiting'"),
    )


def _widen_certificates() -> None:
    _set_states("issued", "revoked", "superseded")
    _set_reasons(_REASONS)
    op.add_column("certificate", sa.Column("template_version", sa.Integer(), nullable=True))
    op.add_column("certificate", sa.Column("rubric_results", postgresql.JSONB(), nullable=True))
    op.add_column("certificate", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column("certificate", sa.Column("reissue_reason", _REISSUE_REASON, nullable=True))
    op.add_column("certificate", sa.Column("revocation_remark", _REMARK, nullable=True))
    op.add_column("certificate", sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("level_completion", sa.Column("rubric_results", postgresql.JSONB(), nullable=True))
    op.add_column("run_copy", sa.Column("region_code", sa.Text(), nullable=True))
    op.add_column("run_copy", sa.Column("carrier_id", sa.Uuid(), nullable=True))
    op.drop_constraint("uq_certificate_place_id", "certificate", type_="unique")
    op.create_index(
        "uq_certificate_one_of_place",
        "certificate",
        ["place_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'superseded'"),
    )
    op.create_index("ix_certificate_run_id", "certificate", ["run_id"])
    _bind_certificates()


def _bind_certificates() -> None:
    op.create_unique_constraint(op.f("uq_certificate_replaces_id"), "certificate", ["replaces_id"])
    op.create_foreign_key(
        op.f("fk_certificate_replaces_id_certificate"), "certificate", "certificate", ["replaces_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_certificate_level_code_template_version_certificate_template"),
        "certificate",
        "certificate_template",
        ["level_code", "template_version"],
        ["level_code", "version"],
    )
    op.create_check_constraint(
        op.f("ck_certificate_superseded_whole"),
        "certificate",
        "(state = 'superseded') = (superseded_at IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("ck_certificate_reissue_whole"), "certificate", "(replaces_id IS NULL) = (reissue_reason IS NULL)"
    )
    # A clock that was wrong in earlier years must not stop this migration: old rows are signed and stay as they are.
    op.execute(
        "ALTER TABLE certificate ADD CONSTRAINT ck_certificate_issued_when_fulfilled"
        " CHECK (issued_on >= fulfilled_on) NOT VALID"
    )
    op.execute(
        "DO $$ BEGIN ALTER TABLE certificate VALIDATE CONSTRAINT ck_certificate_issued_when_fulfilled;"
        " EXCEPTION WHEN check_violation THEN NULL; END $$"
    )


def _set_states(*states: str) -> None:
    _set_choice("certificate", "certificatestate", "state", states)


def _set_reasons(reasons: tuple[str, ...]) -> None:
    _set_choice("certificate", "revocationreason", "revocation_reason", reasons)


def _set_choice(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    allowed = ", ".join(f"'{value}'" for value in values)
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, f"{column} IN ({allowed})")


def _freeze() -> None:
    """The database itself refuses to change what was issued or published, whoever asks.

    Columns are compared by name, so that the twin of the credential, which a later migration adds, is frozen as well.
    """
    op.execute(
        "CREATE FUNCTION refuse_change_of_certificate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'what was issued does not change' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(_GUARD.format(frozen=_names(_FROZEN), erasable=_names(_ERASABLE)))
    op.execute(
        "CREATE TRIGGER certificate_is_frozen BEFORE UPDATE ON certificate"
        " FOR EACH ROW EXECUTE FUNCTION keep_certificate_as_issued()"
    )
    op.execute(
        "CREATE TRIGGER certificate_stays BEFORE DELETE ON certificate"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_certificate()"
    )
    op.execute(
        "CREATE TRIGGER certificate_template_is_frozen BEFORE UPDATE OR DELETE ON certificate_template FOR EACH ROW"
        " WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change_of_certificate()"
    )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f"'{column}'" for column in columns)


def downgrade() -> None:
    """Take the change back. A superseded certificate becomes a revoked one: it does not count either way."""
    for trigger, table in (
        ("certificate_template_is_frozen", "certificate_template"),
        ("certificate_stays", "certificate"),
        ("certificate_is_frozen", "certificate"),
    ):
        op.execute(f"DROP TRIGGER {trigger} ON {table}")
    op.execute("DROP FUNCTION keep_certificate_as_issued()")
    op.execute("DROP FUNCTION refuse_change_of_certificate()")
    for table in ("reissue_request", "release_request", "batch_item", "issue_batch", "release_rule_version"):
        op.drop_table(table)
    _narrow_certificates()
    op.drop_table("certificate_template")


def _narrow_certificates() -> None:
    op.drop_constraint(op.f("ck_certificate_issued_when_fulfilled"), "certificate", type_="check")
    op.drop_constraint(op.f("ck_certificate_superseded_whole"), "certificate", type_="check")
    op.execute(
        "UPDATE certificate SET state = 'revoked', revoked_at = superseded_at, revocation_reason = 'replaced'"
        " WHERE state = 'superseded'"
    )
    op.execute(
        "UPDATE certificate SET revocation_reason = 'issued_in_error'"
        " WHERE revocation_reason IN ('wrong_details', 'false_statements', 'key_compromised')"
    )
    op.drop_index("ix_certificate_run_id", table_name="certificate")
    op.drop_index("uq_certificate_one_of_place", table_name="certificate")
    op.execute(
        "DO $$ BEGIN ALTER TABLE certificate ADD CONSTRAINT uq_certificate_place_id UNIQUE (place_id);"
        " EXCEPTION WHEN unique_violation THEN RAISE EXCEPTION"
        " 'certificates were reissued: this step cannot be taken back without losing one of each pair'; END $$"
    )
    op.drop_constraint(op.f("ck_certificate_reissue_whole"), "certificate", type_="check")
    for column in (
        *("template_version", "rubric_results", "replaces_id", "reissue_reason"),
        *("revocation_remark", "superseded_at"),
    ):
        op.drop_column("certificate", column)
    op.drop_column("level_completion", "rubric_results")
    op.drop_column("run_copy", "region_code")
    op.drop_column("run_copy", "carrier_id")
    _set_reasons(_OLD_REASONS)
    _set_states("issued", "revoked")
