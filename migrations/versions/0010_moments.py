"""Moments of truth.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moments",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("stakes", sa.Text(), nullable=False),
        sa.Column("likely_emotions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("triggers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sa.Uuid(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retirement_reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"status\" IN ('nominated', 'confirmed', 'retired')", name=op.f("ck_moments_status")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_moments_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_moments_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_moments_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_moments_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_moments")),
    )
    op.create_index(
        "ix_moments_journey", "moments", ["organization_id", "journey_id"], unique=False
    )
    op.create_index(
        "uq_moments_touchpoint",
        "moments",
        ["organization_id", "touchpoint_id"],
        unique=True,
        postgresql_where=sa.text("status <> 'retired'"),
    )
    protect("moments")


def downgrade() -> None:
    op.drop_table("moments")
