"""The calendar and the chain of an organization, what is at risk, and what went up.

Revision ID: 0013
Revises: 0012
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = (
    "organization",
    "department",
    "member",
    "invitation",
    "persona",
    "channel",
    "journey",
    "grant",
    "stage",
    "lane",
    "cell",
    "touchpoint",
    "emotion",
    "annotation",
    "reply",
    "support",
    "rating",
    "moment",
)
KINDS = (
    *BEFORE,
    "responsibility",
    "sign_off_rule",
    "sign_off",
    "stakeholder_value",
    "playbook",
    "playbook_use",
    "input_request",
    "input_ask",
    "escalation",
)


def _one_of(kinds: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f'"kind" IN ({listed})'


def upgrade() -> None:
    # Defaults stay: the release before this one knows nothing of these columns.
    organization: dict[str, tuple[Any, str]] = {
        "timezone": (sa.Text(), "UTC"),
        "working_days": (sa.ARRAY(sa.SmallInteger()), "{1,2,3,4,5}"),
        "holidays": (sa.ARRAY(sa.Text()), "{}"),
        "escalation_levels": (
            sa.ARRAY(sa.Text()),
            "{manager,head_of_department,decision_maker,executive}",
        ),
        "escalation_days": (sa.ARRAY(sa.SmallInteger()), "{0,2,2,3}"),
        "accept_days": (sa.Integer(), "3"),
        "remind_days": (sa.Integer(), "1"),
    }
    for name, (kind, value) in organization.items():
        op.add_column("organizations", sa.Column(name, kind, nullable=False, server_default=value))
    op.add_column("moments", sa.Column("customers_per_month", sa.BigInteger(), nullable=True))
    op.add_column("moments", sa.Column("value_at_risk", sa.BigInteger(), nullable=True))
    op.add_column(
        "moments", sa.Column("value_currency", sa.Text(), nullable=False, server_default="USD")
    )
    op.drop_constraint(op.f("ck_subjects_kind"), "subjects")
    op.create_check_constraint(op.f("ck_subjects_kind"), "subjects", _one_of(KINDS))
    op.create_index("ix_subjects_touchpoint", "subjects", ["organization_id", "touchpoint_id"])
    op.create_table(
        "escalations",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"cause\" IN ('by_hand', 'not_accepted', 'no_input', 'thread_overdue')",
            name=op.f("ck_escalations_cause"),
        ),
        sa.CheckConstraint(
            "\"level\" IN ('manager', 'head_of_department', 'decision_maker', 'executive')",
            name=op.f("ck_escalations_level"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "about_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_escalations_organization_id_about_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_escalations_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "raised_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_escalations_organization_id_raised_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_escalations_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "to_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_escalations_organization_id_to_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_escalations_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_escalations_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_escalations")),
    )
    op.create_index(
        "ix_escalations_journey",
        "escalations",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_escalations_to", "escalations", ["organization_id", "to_id", "id"], unique=False
    )
    op.create_index(
        "uq_escalations_step",
        "escalations",
        ["organization_id", "subject_id", "cause", "step"],
        unique=True,
    )
    op.create_table(
        "deadlines",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"cause\" IN ('by_hand', 'not_accepted', 'no_input', 'thread_overdue')",
            name=op.f("ck_deadlines_cause"),
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('remind', 'close_input', 'escalate')", name=op.f("ck_deadlines_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_deadlines_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_deadlines_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_deadlines_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_deadlines")),
    )
    op.create_index(
        "ix_deadlines_due",
        "deadlines",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_deadlines_subject", "deadlines", ["organization_id", "subject_id"], unique=False
    )
    protect("escalations", "deadlines")
    # The clock looks across organizations for what is due, and for nothing else.
    op.execute("CREATE POLICY worker ON deadlines FOR SELECT TO touchstone_worker USING (true)")
    op.execute(
        "GRANT SELECT (organization_id, id, due_at, done_at) ON deadlines TO touchstone_worker"
    )


def downgrade() -> None:
    op.drop_table("deadlines")
    op.drop_table("escalations")
    op.drop_index("ix_subjects_touchpoint", "subjects")
    op.execute(f"DELETE FROM subjects WHERE NOT ({_one_of(BEFORE)})")
    op.drop_constraint(op.f("ck_subjects_kind"), "subjects")
    op.create_check_constraint(op.f("ck_subjects_kind"), "subjects", _one_of(BEFORE))
    for name in ("value_currency", "value_at_risk", "customers_per_month"):
        op.drop_column("moments", name)
    for name in (
        "remind_days",
        "accept_days",
        "escalation_days",
        "escalation_levels",
        "holidays",
        "working_days",
        "timezone",
    ):
        op.drop_column("organizations", name)
