"""Stages, touchpoints, emotions.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stages",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("customer_goal", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(collation="C"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_stages_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_stages_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_stages_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_stages")),
    )
    op.create_index(
        "ix_stages_journey_id", "stages", ["organization_id", "journey_id"], unique=False
    )
    op.create_table(
        "touchpoints",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(collation="C"), nullable=False),
        sa.Column("purchase_phase", sa.Text(), nullable=False),
        sa.Column("contact_context", sa.Text(), nullable=False),
        sa.Column("optional", sa.Boolean(), nullable=False),
        sa.Column("customer_actions", sa.Text(), nullable=False),
        sa.Column("business_actions", sa.Text(), nullable=False),
        sa.Column("interaction", sa.Text(), nullable=False),
        sa.Column("thoughts", sa.Text(), nullable=False),
        sa.Column("perspective", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("expectation", sa.Text(), nullable=False),
        sa.Column("reality", sa.Text(), nullable=False),
        sa.Column("first_expectation", sa.Text(), nullable=False),
        sa.Column("repeat_expectation", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("monthly_volume", sa.BigInteger(), nullable=True),
        sa.Column("responsible_department_id", sa.Uuid(), nullable=True),
        sa.Column("evidence_grade", sa.Text(), nullable=False),
        sa.Column("evidence", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"contact_context\" IN ('any', 'first', 'repeat')",
            name=op.f("ck_touchpoints_contact_context"),
        ),
        sa.CheckConstraint(
            "\"evidence_grade\" IN ('assumed', 'partial', 'validated')",
            name=op.f("ck_touchpoints_evidence_grade"),
        ),
        sa.CheckConstraint(
            "\"purchase_phase\" IN ('before', 'during', 'after')",
            name=op.f("ck_touchpoints_purchase_phase"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_touchpoints_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_touchpoints_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "responsible_department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_touchpoints_organization_id_responsible_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "stage_id"],
            ["stages.organization_id", "stages.id"],
            name=op.f("fk_touchpoints_organization_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_touchpoints_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_touchpoints")),
    )
    op.create_index(
        "ix_touchpoints_journey_id", "touchpoints", ["organization_id", "journey_id"], unique=False
    )
    op.create_table(
        "emotions",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("valence", sa.Integer(), nullable=False),
        sa.Column("intensity", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("persona_id", sa.Uuid(), nullable=True),
        sa.Column("contact_context", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"contact_context\" IN ('any', 'first', 'repeat')",
            name=op.f("ck_emotions_contact_context"),
        ),
        sa.CheckConstraint(
            "\"source\" IN ('research', 'staff', 'assumed')", name=op.f("ck_emotions_source")
        ),
        sa.CheckConstraint("intensity BETWEEN 1 AND 5", name=op.f("ck_emotions_intensity")),
        sa.CheckConstraint("valence BETWEEN -2 AND 2", name=op.f("ck_emotions_valence")),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_emotions_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_emotions_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "persona_id"],
            ["personas.organization_id", "personas.id"],
            name=op.f("fk_emotions_organization_id_persona_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_emotions_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_emotions_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_emotions")),
    )
    op.create_index(
        "ix_emotions_journey_id", "emotions", ["organization_id", "journey_id"], unique=False
    )
    op.create_table(
        "touchpoint_channels",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "channel_id"],
            ["channels.organization_id", "channels.id"],
            name=op.f("fk_touchpoint_channels_organization_id_channel_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_touchpoint_channels_organization_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_touchpoint_channels_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "id", "channel_id", name=op.f("pk_touchpoint_channels")
        ),
    )
    protect("stages", "touchpoints", "emotions")
    protect("touchpoint_channels", rights="SELECT, INSERT, DELETE")


def downgrade() -> None:
    op.drop_table("touchpoint_channels")
    op.drop_table("emotions")
    op.drop_table("touchpoints")
    op.drop_table("stages")
