"""Concrete work, and what moved after it.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actions",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("opportunity_id", sa.Uuid(), nullable=True),
        sa.Column("moment_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_note", sa.Text(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived_by", sa.Uuid(), nullable=True),
        sa.Column("waived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waiver_reason", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('process_update', 'strategy', 'technology', 'training', 'feedback', 'communication', 'expectation_management', 'policy')",
            name=op.f("ck_actions_kind"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('planned', 'in_progress', 'blocked', 'delivered', 'done', 'dropped')",
            name=op.f("ck_actions_status"),
        ),
        sa.CheckConstraint(
            "(waived_by IS NULL) = (waived_at IS NULL)", name=op.f("ck_actions_waived")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_actions_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_actions_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_actions_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moved_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_actions_organization_id_moved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moment_id"],
            ["moments.organization_id", "moments.id"],
            name=op.f("fk_actions_organization_id_moment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "opportunity_id"],
            ["opportunities.organization_id", "opportunities.id"],
            name=op.f("fk_actions_organization_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_actions_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_actions_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "waived_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_actions_organization_id_waived_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_actions_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_actions")),
    )
    op.create_index(
        "ix_actions_journey", "actions", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index("ix_actions_moment", "actions", ["organization_id", "moment_id"], unique=False)
    op.create_index("ix_actions_newest", "actions", ["organization_id", "id"], unique=False)
    op.create_index(
        "ix_actions_opportunity", "actions", ["organization_id", "opportunity_id"], unique=False
    )
    op.create_index(
        "ix_actions_owner",
        "actions",
        ["organization_id", "owner_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("status NOT IN ('done', 'dropped')"),
    )
    op.create_index(
        "ix_actions_search",
        "actions",
        [
            sa.text(
                "(array_to_tsvector(ARRAY['=' || organization_id::text]) || to_tsvector('simple', (((title || ' ') || description) || ' ') || process))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_actions_touchpoint", "actions", ["organization_id", "touchpoint_id"], unique=False
    )
    op.create_table(
        "outcomes",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("metric_id", sa.Uuid(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("baseline_from", sa.Date(), nullable=False),
        sa.Column("baseline_to", sa.Date(), nullable=False),
        sa.Column("baseline_n", sa.BigInteger(), nullable=True),
        sa.Column("target", sa.Numeric(precision=18, scale=6), nullable=True),
        sa.Column("actual", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("actual_from", sa.Date(), nullable=False),
        sa.Column("actual_to", sa.Date(), nullable=False),
        sa.Column("actual_n", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("judged_by", sa.Uuid(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judgment_note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'recorded') = (judged_by IS NULL)", name=op.f("ck_outcomes_judged")
        ),
        sa.CheckConstraint("\"better\" IN ('higher', 'lower')", name=op.f("ck_outcomes_better")),
        sa.CheckConstraint(
            "\"status\" IN ('recorded', 'verified', 'disputed')", name=op.f("ck_outcomes_status")
        ),
        sa.CheckConstraint("actual_from <= actual_to", name=op.f("ck_outcomes_actual_period")),
        sa.CheckConstraint(
            "baseline_from <= baseline_to", name=op.f("ck_outcomes_baseline_period")
        ),
        sa.CheckConstraint("least(baseline_n, actual_n) > 0", name=op.f("ck_outcomes_n")),
        sa.ForeignKeyConstraint(
            ["organization_id", "action_id"],
            ["actions.organization_id", "actions.id"],
            name=op.f("fk_outcomes_organization_id_action_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_outcomes_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "judged_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_outcomes_organization_id_judged_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "metric_id"],
            ["metrics.organization_id", "metrics.id"],
            name=op.f("fk_outcomes_organization_id_metric_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_outcomes_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "recorded_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_outcomes_organization_id_recorded_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_outcomes_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_outcomes_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_outcomes")),
    )
    op.create_index(
        "ix_outcomes_journey", "outcomes", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index("uq_outcomes_action", "outcomes", ["organization_id", "action_id"], unique=True)
    protect("actions", "outcomes")


def downgrade() -> None:
    op.drop_table("outcomes")
    op.drop_table("actions")
