"""Create the catalogue, carriers, course runs, places, attendance, settings, copies of certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "level",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("requires_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("requires_id <> id", name=op.f("ck_level_not_before_itself")),
        sa.ForeignKeyConstraint(["requires_id"], ["level.id"], name=op.f("fk_level_requires_id_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level")),
        sa.UniqueConstraint("code", name=op.f("uq_level_code")),
        sa.UniqueConstraint("position", name=op.f("uq_level_position")),
    )
    op.create_table(
        "carrier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_carrier_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
        sa.UniqueConstraint("name", name=op.f("uq_carrier_name")),
    )
    op.create_index(op.f("ix_carrier_region_code"), "carrier", ["region_code"], unique=False)
    op.create_table(
        "certificate_copy",
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("level_code", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("verification_url", sa.Text(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_copy_person_id_person")),
        sa.PrimaryKeyConstraint("certificate_id", name=op.f("pk_certificate_copy")),
    )
    op.create_index(op.f("ix_certificate_copy_person_id"), "certificate_copy", ["person_id"], unique=False)
    op.create_table(
        "module",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("units between 1 and 200", name=op.f("ck_module_units_in_range")),
        sa.ForeignKeyConstraint(["level_id"], ["level.id"], name=op.f("fk_module_level_id_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("code", name=op.f("uq_module_code")),
    )
    op.create_index(op.f("ix_module_level_id"), "module", ["level_id"], unique=False)
    op.create_table(
        "programme_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_programme_setting_version_positive")),
        sa.ForeignKeyConstraint(["set_by_id"], ["person.id"], name=op.f("fk_programme_setting_set_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_setting")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_programme_setting_key_version")),
    )
    op.create_table(
        "pass_copy",
        sa.Column("pass_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_pass_copy_association_id_association")
        ),
        sa.PrimaryKeyConstraint("pass_id", name=op.f("pk_pass_copy")),
        sa.UniqueConstraint("association_id", name=op.f("uq_pass_copy_association_id")),
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("carrier_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("access_notes", sa.Text(), server_default="", nullable=False),
        sa.Column("has_ramp", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("has_prayer_room", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("has_childcare", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(["carrier_id"], ["carrier.id"], name=op.f("fk_venue_carrier_id_carrier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
    )
    op.create_index(op.f("ix_venue_carrier_id"), "venue", ["carrier_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("level_id", sa.Uuid(), nullable=False),
        sa.Column("carrier_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("language_notes", sa.Text(), server_default="", nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_per_association", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "running",
                "finished",
                "cancelled",
                name="runstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state in ('draft', 'cancelled') or venue_id is not null", name=op.f("ck_run_public_with_venue")
        ),
        sa.CheckConstraint("capacity between 1 and 200", name=op.f("ck_run_capacity_in_range")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_run_ends_after_start")),
        sa.CheckConstraint("seats_per_association >= 1", name=op.f("ck_run_seats_per_association_positive")),
        sa.CheckConstraint("seats_taken between 0 and capacity", name=op.f("ck_run_seats_within_capacity")),
        sa.ForeignKeyConstraint(["carrier_id"], ["carrier.id"], name=op.f("fk_run_carrier_id_carrier")),
        sa.ForeignKeyConstraint(["level_id"], ["level.id"], name=op.f("fk_run_level_id_level")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_run_region_code_region")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_run_venue_id_venue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_carrier_id"), "run", ["carrier_id"], unique=False)
    op.create_index(op.f("ix_run_level_id"), "run", ["level_id"], unique=False)
    op.create_index(op.f("ix_run_region_code"), "run", ["region_code"], unique=False)
    op.create_index("ix_run_state_starts_on", "run", ["state", "starts_on"], unique=False)
    op.create_table(
        "course_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("module_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_course_session_ends_after_start")),
        sa.CheckConstraint("units between 1 and 200", name=op.f("ck_course_session_units_in_range")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_course_session_module_id_module")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_course_session_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_session")),
    )
    op.create_index(op.f("ix_course_session_run_id"), "course_session", ["run_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("association_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "offered",
                "confirmed",
                "completed",
                "declined",
                "lapsed",
                "withdrawn",
                "released",
                name="placestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offer_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("units_attended", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attendance_completed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state = 'offered') = (offer_expires_at is not null)", name=op.f("ck_place_offer_has_deadline")
        ),
        sa.CheckConstraint("units_attended >= 0", name=op.f("ck_place_units_not_negative")),
        sa.ForeignKeyConstraint(
            ["association_id"], ["association.id"], name=op.f("fk_place_association_id_association")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_place_person_id_person")),
        sa.ForeignKeyConstraint(["requested_by_id"], ["person.id"], name=op.f("fk_place_requested_by_id_person")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_place_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )
    op.create_index(op.f("ix_place_association_id"), "place", ["association_id"], unique=False)
    op.create_index(
        "ix_place_offer_expires_at",
        "place",
        ["offer_expires_at"],
        unique=False,
        postgresql_where=sa.text("state = 'offered'"),
    )
    op.create_index(op.f("ix_place_person_id"), "place", ["person_id"], unique=False)
    op.create_index("ix_place_run_id_state", "place", ["run_id", "state"], unique=False)
    op.create_index(
        "uq_place_live_run_id_person_id",
        "place",
        ["run_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state in ('completed', 'confirmed', 'offered', 'waiting')"),
    )
    op.create_table(
        "run_trainer",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_run_trainer_person_id_person")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_trainer_run_id_run")),
        sa.PrimaryKeyConstraint("run_id", "person_id", name=op.f("pk_run_trainer")),
    )
    op.create_index(op.f("ix_run_trainer_person_id"), "run_trainer", ["person_id"], unique=False)
    op.create_table(
        "attendance_mark",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "present", "absent", "excused", name="markstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("marked_by_id", sa.Uuid(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "units >= 0 and (state = 'present' or units = 0)", name=op.f("ck_attendance_mark_units_only_for_present")
        ),
        sa.ForeignKeyConstraint(["marked_by_id"], ["person.id"], name=op.f("fk_attendance_mark_marked_by_id_person")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_attendance_mark_place_id_place")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["course_session.id"], name=op.f("fk_attendance_mark_session_id_course_session")
        ),
        sa.PrimaryKeyConstraint("session_id", "place_id", name=op.f("pk_attendance_mark")),
    )
    op.create_index(op.f("ix_attendance_mark_place_id"), "attendance_mark", ["place_id"], unique=False)


def downgrade() -> None:
    """Take the change back."""
    op.drop_index(op.f("ix_attendance_mark_place_id"), table_name="attendance_mark")
    op.drop_table("attendance_mark")
    op.drop_index(op.f("ix_run_trainer_person_id"), table_name="run_trainer")
    op.drop_table("run_trainer")
    op.drop_index(
        "uq_place_live_run_id_person_id",
        table_name="place",
        postgresql_where=sa.text("state in ('completed', 'confirmed', 'offered', 'waiting')"),
    )
    op.drop_index("ix_place_run_id_state", table_name="place")
    op.drop_index(op.f("ix_place_person_id"), table_name="place")
    op.drop_index("ix_place_offer_expires_at", table_name="place", postgresql_where=sa.text("state = 'offered'"))
    op.drop_index(op.f("ix_place_association_id"), table_name="place")
    op.drop_table("place")
    op.drop_index(op.f("ix_course_session_run_id"), table_name="course_session")
    op.drop_table("course_session")
    op.drop_index("ix_run_state_starts_on", table_name="run")
    op.drop_index(op.f("ix_run_region_code"), table_name="run")
    op.drop_index(op.f("ix_run_level_id"), table_name="run")
    op.drop_index(op.f("ix_run_carrier_id"), table_name="run")
    op.drop_table("run")
    op.drop_index(op.f("ix_venue_carrier_id"), table_name="venue")
    op.drop_table("venue")
    op.drop_table("pass_copy")
    op.drop_table("programme_setting")
    op.drop_index(op.f("ix_module_level_id"), table_name="module")
    op.drop_table("module")
    op.drop_index(op.f("ix_certificate_copy_person_id"), table_name="certificate_copy")
    op.drop_table("certificate_copy")
    op.drop_index(op.f("ix_carrier_region_code"), table_name="carrier")
    op.drop_table("carrier")
    op.drop_table("level")
