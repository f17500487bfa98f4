"""Lanes and cells.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lanes",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(collation="C"), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('customer_actions', 'business_actions', 'interaction', 'thoughts', 'perspective', 'expectation', 'reality', 'emotions', 'custom')",
            name=op.f("ck_lanes_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_lanes_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_lanes_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_lanes_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_lanes")),
    )
    op.create_index("ix_lanes_journey_id", "lanes", ["organization_id", "journey_id"], unique=False)
    op.create_table(
        "cells",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("lane_id", sa.Uuid(), nullable=False),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(stage_id, touchpoint_id) = 1", name=op.f("ck_cells_one_place")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_cells_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_cells_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "lane_id"],
            ["lanes.organization_id", "lanes.id"],
            name=op.f("fk_cells_organization_id_lane_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "stage_id"],
            ["stages.organization_id", "stages.id"],
            name=op.f("fk_cells_organization_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_cells_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_cells_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_cells")),
    )
    op.create_index("ix_cells_journey_id", "cells", ["organization_id", "journey_id"], unique=False)
    op.create_index(
        "uq_cells_place",
        "cells",
        ["organization_id", "lane_id", "stage_id", "touchpoint_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    protect("lanes", "cells")


def downgrade() -> None:
    op.drop_table("cells")
    op.drop_table("lanes")
