"""What could be gained.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opportunities",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("success_sign", sa.Text(), nullable=False),
        sa.Column("benefits", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("customer_value", sa.Integer(), nullable=True),
        sa.Column("business_value", sa.Integer(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_note", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_group", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into_id IS NOT NULL)",
            name=op.f("ck_opportunities_merged"),
        ),
        sa.CheckConstraint(
            "\"author_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_opportunities_author_group"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('draft', 'open', 'chosen', 'in_progress', 'achieved', 'declined', 'merged')",
            name=op.f("ck_opportunities_status"),
        ),
        sa.CheckConstraint(
            "business_value BETWEEN 1 AND 5", name=op.f("ck_opportunities_business_value")
        ),
        sa.CheckConstraint(
            "customer_value BETWEEN 1 AND 5", name=op.f("ck_opportunities_customer_value")
        ),
        sa.CheckConstraint("effort BETWEEN 1 AND 5", name=op.f("ck_opportunities_effort")),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_opportunities_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_opportunities_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moved_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_opportunities_organization_id_moved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "merged_into_id"],
            ["opportunities.organization_id", "opportunities.id"],
            name=op.f("fk_opportunities_organization_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_opportunities_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_opportunities_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_opportunities")),
    )
    op.create_index(
        "ix_opportunities_author", "opportunities", ["organization_id", "author_id"], unique=False
    )
    op.create_index(
        "ix_opportunities_journey",
        "opportunities",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_opportunities_merged_into",
        "opportunities",
        ["organization_id", "merged_into_id"],
        unique=False,
    )
    op.create_index(
        "ix_opportunities_newest", "opportunities", ["organization_id", "id"], unique=False
    )
    op.create_index(
        "ix_opportunities_search",
        "opportunities",
        [
            sa.text(
                "(array_to_tsvector(ARRAY['=' || organization_id::text]) || to_tsvector('simple', (((title || ' ') || statement) || ' ') || success_sign))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_opportunities_touchpoint",
        "opportunities",
        ["organization_id", "touchpoint_id"],
        unique=False,
    )
    protect("opportunities")


def downgrade() -> None:
    op.drop_table("opportunities")
