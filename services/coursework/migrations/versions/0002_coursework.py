"""Create the tables of coursework; versions of a quiz never change once they are written."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_FROZEN = ("quiz_version", "question", "material_version")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_einfach", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_einfach", sa.Text(), nullable=True),
        sa.Column("rubric", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pass_points", sa.Integer(), nullable=True),
        sa.Column("expected_minutes", sa.Integer(), nullable=True),
        sa.Column("accepted_types", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("module_code", name=op.f("uq_assignment_module_code")),
    )
    op.create_table(
        "glossary_term",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("explanation_einfach", sa.Text(), nullable=True),
        sa.Column("translations", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_glossary_term")),
    )
    op.create_table(
        "level_copy",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_level_copy")),
        sa.UniqueConstraint("level_id", name=op.f("uq_level_copy_level_id")),
    )
    op.create_table(
        "material",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module_code", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("text", "image", "pdf", name="materialkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material")),
        sa.UniqueConstraint("module_code", "position", name=op.f("uq_material_module_code_position")),
    )
    op.create_table(
        "module_content",
        sa.Column("module_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_einfach", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("learning_goals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("module_code", name=op.f("pk_module_content")),
    )
    op.create_table(
        "person_copy",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("session_version", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("roles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_copy")),
    )
    op.create_table(
        "place_copy",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("confirmed", "released", name="placestate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_place_copy")),
    )
    op.create_index(op.f("ix_place_copy_person_id_state"), "place_copy", ["person_id", "state"], unique=False)
    op.create_index(op.f("ix_place_copy_run_id_state"), "place_copy", ["run_id", "state"], unique=False)
    op.create_table(
        "quiz",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("module_code", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz")),
        sa.UniqueConstraint("module_code", name=op.f("uq_quiz_module_code")),
    )
    op.create_table(
        "rules_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quiz_pass_percent", sa.Integer(), nullable=False),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("left_out_modules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("attempts_allowed >= 1", name=op.f("ck_rules_version_attempts_allowed")),
        sa.CheckConstraint("quiz_pass_percent BETWEEN 1 AND 100", name=op.f("ck_rules_version_quiz_pass_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rules_version")),
        sa.UniqueConstraint("level_code", "version", name=op.f("uq_rules_version_level_code_version")),
    )
    op.create_table(
        "run_copy",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("carrier_name", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("trainer_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_copy")),
    )
    op.create_table(
        "level_result",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("quizzes_passed", sa.Integer(), nullable=False),
        sa.Column("assignments_accepted", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place_copy.place_id"], name=op.f("fk_level_result_place_id_place_copy")
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_level_result")),
    )
    op.create_table(
        "material_reading",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("opened_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["material_id"], ["material.id"], name=op.f("fk_material_reading_material_id_material")
        ),
        sa.PrimaryKeyConstraint("person_id", "material_id", name=op.f("pk_material_reading")),
    )
    op.create_table(
        "material_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("material_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_einfach", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_einfach", sa.Text(), nullable=True),
        sa.Column("document_key", sa.Text(), nullable=True),
        sa.Column("document_type", sa.Text(), nullable=True),
        sa.Column("document_size", sa.Integer(), nullable=True),
        sa.Column("source_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["material_id"], ["material.id"], name=op.f("fk_material_version_material_id_material")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_version")),
        sa.UniqueConstraint("material_id", "version", name=op.f("uq_material_version_material_id_version")),
    )
    op.create_table(
        "module_copy",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["level_code"], ["level_copy.code"], name=op.f("fk_module_copy_level_code_level_copy")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_module_copy")),
    )
    op.create_index(op.f("ix_module_copy_level_code"), "module_copy", ["level_code"], unique=False)
    op.create_table(
        "quiz_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_einfach", sa.Text(), nullable=True),
        sa.Column("source_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_quiz_version_quiz_id_quiz")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_version")),
        sa.UniqueConstraint("quiz_id", "version", name=op.f("uq_quiz_version_quiz_id_version")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("module_code", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "accepted",
                name="submissionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name=op.f("ck_submission_submitted_at")),
        sa.CheckConstraint("(claimed_by IS NULL) = (claimed_until IS NULL)", name=op.f("ck_submission_claim")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_submission_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["place_copy.place_id"], name=op.f("fk_submission_place_id_place_copy")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "place_id", "assignment_id", "version", name=op.f("uq_submission_place_id_assignment_id_version")
        ),
    )
    op.create_index(
        op.f("ix_submission_run_id_state_submitted_at_id"),
        "submission",
        ["run_id", "state", "submitted_at", "id"],
        unique=False,
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("quiz_id", sa.Uuid(), nullable=False),
        sa.Column("quiz_version_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "submitted", name="attemptstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score_percent", sa.Integer(), nullable=True),
        sa.Column("pass_percent", sa.Integer(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(state = 'submitted') = (score_percent IS NOT NULL)", name=op.f("ck_attempt_score")),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f("ck_attempt_submitted_at")),
        sa.CheckConstraint("score_percent BETWEEN 0 AND 100", name=op.f("ck_attempt_score_percent")),
        sa.ForeignKeyConstraint(["place_id"], ["place_copy.place_id"], name=op.f("fk_attempt_place_id_place_copy")),
        sa.ForeignKeyConstraint(["quiz_id"], ["quiz.id"], name=op.f("fk_attempt_quiz_id_quiz")),
        sa.ForeignKeyConstraint(
            ["quiz_version_id"], ["quiz_version.id"], name=op.f("fk_attempt_quiz_version_id_quiz_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("place_id", "quiz_id", "number", name=op.f("uq_attempt_place_id_quiz_id_number")),
    )
    op.create_index(
        "uq_attempt_open", "attempt", ["place_id", "quiz_id"], unique=True, postgresql_where=sa.text("state = 'open'")
    )
    op.create_table(
        "grading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("grader_id", sa.Uuid(), nullable=False),
        sa.Column("rubric", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("chosen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("max_points", sa.Integer(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("accepted", "returned", name="outcome", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (released_at IS NULL)", name=op.f("ck_grading_released")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_grading_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading")),
    )
    op.create_index(
        "uq_grading_current",
        "grading",
        ["submission_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("quiz_version_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "true_false",
                "number",
                name="questionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("prompt_einfach", sa.Text(), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("explanation_einfach", sa.Text(), nullable=True),
        sa.Column("choices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("correct_keys", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("correct_number", sa.Numeric(), nullable=True),
        sa.Column("tolerance", sa.Numeric(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.CheckConstraint("points BETWEEN 1 AND 100", name=op.f("ck_question_points")),
        sa.ForeignKeyConstraint(
            ["quiz_version_id"], ["quiz_version.id"], name=op.f("fk_question_quiz_version_id_quiz_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("quiz_version_id", "position", name=op.f("uq_question_quiz_version_id_position")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("announced_size", sa.Integer(), nullable=False),
        sa.Column(
            "announced_type",
            sa.Enum(
                "pdf",
                "jpeg",
                "png",
                "webp",
                "docx",
                name="filetype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("raw_key", sa.Text(), nullable=False),
        sa.Column("clean_key", sa.Text(), nullable=True),
        sa.Column("clean_size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "announced",
                "arrived",
                "accepted",
                "refused",
                name="uploadstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "missing",
                "size_differs",
                "type_differs",
                "damaged",
                "encrypted",
                "too_big_inside",
                "has_macros",
                name="refusalreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("raw_deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'accepted') = (clean_key IS NOT NULL)", name=op.f("ck_upload_clean_key")),
        sa.CheckConstraint("(state = 'refused') = (reason IS NOT NULL)", name=op.f("ck_upload_reason")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_upload_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("clean_key", name=op.f("uq_upload_clean_key")),
        sa.UniqueConstraint("raw_key", name=op.f("uq_upload_raw_key")),
    )
    op.create_index(op.f("ix_upload_state_announced_at"), "upload", ["state", "announced_at"], unique=False)
    op.create_index(op.f("ix_upload_submission_id"), "upload", ["submission_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("value_hash", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("credit_percent", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id_question")),
        sa.PrimaryKeyConstraint("attempt_id", "question_id", name=op.f("pk_answer")),
    )
    op.execute("""
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$
    """)
    for table in _FROZEN:
        op.execute(
            f"CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    """Take the change back."""
    for table in _FROZEN:
        op.execute(f"DROP TRIGGER frozen ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("answer")
    op.drop_index(op.f("ix_upload_submission_id"), table_name="upload")
    op.drop_index(op.f("ix_upload_state_announced_at"), table_name="upload")
    op.drop_table("upload")
    op.drop_table("question")
    op.drop_index("uq_grading_current", table_name="grading", postgresql_where=sa.text("withdrawn_at IS NULL"))
    op.drop_table("grading")
    op.drop_index("uq_attempt_open", table_name="attempt", postgresql_where=sa.text("state = 'open'"))
    op.drop_table("attempt")
    op.drop_index(op.f("ix_submission_run_id_state_submitted_at_id"), table_name="submission")
    op.drop_table("submission")
    op.drop_table("quiz_version")
    op.drop_index(op.f("ix_module_copy_level_code"), table_name="module_copy")
    op.drop_table("module_copy")
    op.drop_table("material_version")
    op.drop_table("material_reading")
    op.drop_table("level_result")
    op.drop_table("run_copy")
    op.drop_table("rules_version")
    op.drop_table("quiz")
    op.drop_index(op.f("ix_place_copy_run_id_state"), table_name="place_copy")
    op.drop_index(op.f("ix_place_copy_person_id_state"), table_name="place_copy")
    op.drop_table("place_copy")
    op.drop_table("person_copy")
    op.drop_table("module_content")
    op.drop_table("material")
    op.drop_table("level_copy")
    op.drop_table("glossary_term")
    op.drop_table("assignment")
