"""How members rate touchpoints.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("member_group", sa.Text(), nullable=False),
        sa.Column("emotional", sa.SmallInteger(), nullable=True),
        sa.Column("business", sa.SmallInteger(), nullable=True),
        sa.Column("importance", sa.SmallInteger(), nullable=True),
        sa.Column("performance", sa.SmallInteger(), nullable=True),
        sa.Column("abstained", sa.Boolean(), nullable=False),
        sa.Column("abstention_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"member_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_ratings_member_group"),
        ),
        sa.CheckConstraint(
            "NOT abstained OR num_nonnulls(emotional, business, importance, performance) = 0",
            name=op.f("ck_ratings_abstained"),
        ),
        sa.CheckConstraint("business BETWEEN 1 AND 5", name=op.f("ck_ratings_business")),
        sa.CheckConstraint("emotional BETWEEN 1 AND 5", name=op.f("ck_ratings_emotional")),
        sa.CheckConstraint("importance BETWEEN 1 AND 5", name=op.f("ck_ratings_importance")),
        sa.CheckConstraint("performance BETWEEN 1 AND 5", name=op.f("ck_ratings_performance")),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_ratings_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_ratings_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_ratings_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_ratings_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_ratings")),
        sa.UniqueConstraint(
            "organization_id",
            "touchpoint_id",
            "member_id",
            name=op.f("uq_ratings_organization_id_touchpoint_id_member_id"),
        ),
    )
    op.create_index(
        "ix_ratings_journey",
        "ratings",
        ["organization_id", "journey_id", "touchpoint_id"],
        unique=False,
    )
    protect("ratings")


def downgrade() -> None:
    op.drop_table("ratings")
