"""Journeys and who may work on them.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "journeys",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("scope_start", sa.Text(), nullable=False),
        sa.Column("scope_end", sa.Text(), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("customer_type", sa.Text(), nullable=False),
        sa.Column("objective", sa.Text(), nullable=False),
        sa.Column("success_criteria", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("attribution", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_before", sa.Text(), nullable=True),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_by", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("review_every_days", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"focus\" IN ('overall', 'buying', 'support', 'success', 'onboarding', 'renewal', 'other')",
            name=op.f("ck_journeys_focus"),
        ),
        sa.CheckConstraint(
            "\"scale\" IN ('lifecycle', 'macro', 'micro')", name=op.f("ck_journeys_scale")
        ),
        sa.CheckConstraint("\"state\" IN ('current', 'future')", name=op.f("ck_journeys_state")),
        sa.CheckConstraint(
            "\"status\" IN ('draft', 'in_review', 'approved', 'published', 'archived')",
            name=op.f("ck_journeys_status"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_journeys_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_journeys_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_journeys_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_journeys_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_journeys")),
    )
    op.create_index(
        "ix_journeys_updated_at", "journeys", ["organization_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "grants",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("group", sa.Text(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_grants_group"),
        ),
        sa.CheckConstraint(
            "\"role\" IN ('editor', 'moderator', 'participant')", name=op.f("ck_grants_role")
        ),
        sa.CheckConstraint(
            'num_nonnulls(member_id, department_id, "group") = 1',
            name=op.f("ck_grants_one_grantee"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_grants_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_grants_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_grants_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_grants_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_grants_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_grants")),
    )
    op.create_index(
        "uq_grants_grantee",
        "grants",
        ["organization_id", "journey_id", "role", "member_id", "department_id", "group"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "import_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_import_keys_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_import_keys_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_import_keys_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "journey_id", "kind", "key", name=op.f("pk_import_keys")
        ),
    )
    op.create_table(
        "journey_personas",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("persona_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_journey_personas_organization_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "persona_id"],
            ["personas.organization_id", "personas.id"],
            name=op.f("fk_journey_personas_organization_id_persona_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_journey_personas_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "id", "persona_id", name=op.f("pk_journey_personas")
        ),
    )
    protect("journeys", "grants", "import_keys")
    protect("journey_personas", rights="SELECT, INSERT, DELETE")


def downgrade() -> None:
    op.drop_table("journey_personas")
    op.drop_table("import_keys")
    op.drop_table("grants")
    op.drop_table("journeys")
