"""Who answers for a moment.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "responsibilities",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("handed_over_from", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role <> 'accountable' OR member_id IS NOT NULL",
            name=op.f("ck_responsibilities_person"),
        ),
        sa.CheckConstraint(
            "\"role\" IN ('responsible', 'accountable', 'consulted', 'informed')",
            name=op.f("ck_responsibilities_role"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('assigned', 'accepted', 'declined', 'ended')",
            name=op.f("ck_responsibilities_status"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(member_id, department_id) = 1",
            name=op.f("ck_responsibilities_one_assignee"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_responsibilities_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_responsibilities_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "handed_over_from"],
            ["responsibilities.organization_id", "responsibilities.id"],
            name=op.f("fk_responsibilities_organization_id_handed_over_from"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_responsibilities_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_responsibilities_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moment_id"],
            ["moments.organization_id", "moments.id"],
            name=op.f("fk_responsibilities_organization_id_moment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_responsibilities_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_responsibilities_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_responsibilities")),
    )
    op.create_index(
        "ix_responsibilities_department",
        "responsibilities",
        ["organization_id", "department_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_responsibilities_journey",
        "responsibilities",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_responsibilities_member",
        "responsibilities",
        ["organization_id", "member_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_responsibilities_accountable",
        "responsibilities",
        ["organization_id", "moment_id"],
        unique=True,
        postgresql_where=sa.text("role = 'accountable' AND status IN ('assigned', 'accepted')"),
    )
    op.create_index(
        "uq_responsibilities_assignee",
        "responsibilities",
        ["organization_id", "moment_id", "role", "member_id", "department_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("status IN ('assigned', 'accepted')"),
    )
    protect("responsibilities")


def downgrade() -> None:
    op.drop_table("responsibilities")
