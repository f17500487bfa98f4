"""Asking for input, the links to answer by, and who has looked at what.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "input_requests",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("questions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("asked_departments", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("asked_groups", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("asked_members", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"status\" IN ('open', 'closed', 'cancelled')", name=op.f("ck_input_requests_status")
        ),
        sa.CheckConstraint("cardinality(questions) <= 5", name=op.f("ck_input_requests_questions")),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_input_requests_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_input_requests_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_input_requests_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_input_requests_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_input_requests_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_input_requests")),
    )
    op.create_index(
        "ix_input_requests_journey",
        "input_requests",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_table(
        "input_asks",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("member_group", sa.Text(), nullable=False),
        sa.Column("member_department_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("answers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("abstention_reason", sa.Text(), nullable=False),
        sa.Column("via_link", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"member_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_input_asks_member_group"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('asked', 'answered', 'abstained', 'no_answer', 'cancelled')",
            name=op.f("ck_input_asks_status"),
        ),
        sa.CheckConstraint("cardinality(answers) <= 5", name=op.f("ck_input_asks_answers")),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_input_asks_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_input_asks_organization_id_member_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_input_asks_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "request_id"],
            ["input_requests.organization_id", "input_requests.id"],
            name=op.f("fk_input_asks_organization_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_input_asks_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_input_asks_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_input_asks")),
        sa.UniqueConstraint(
            "organization_id",
            "request_id",
            "member_id",
            name=op.f("uq_input_asks_organization_id_request_id_member_id"),
        ),
    )
    op.create_index(
        "ix_input_asks_journey", "input_asks", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index(
        "ix_input_asks_member", "input_asks", ["organization_id", "member_id", "id"], unique=False
    )
    op.create_table(
        "input_links",
        sa.Column("ask_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "ask_id"],
            ["input_asks.organization_id", "input_asks.id"],
            name=op.f("fk_input_links_organization_id_ask_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_input_links_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_input_links_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_input_links")),
        sa.UniqueConstraint(
            "organization_id",
            "secret_hash",
            name=op.f("uq_input_links_organization_id_secret_hash"),
        ),
    )
    op.create_index(
        "ix_input_links_ask", "input_links", ["organization_id", "ask_id"], unique=False
    )
    op.create_table(
        "visits",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_visits_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_visits_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_visits_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "member_id", "subject_id", name=op.f("pk_visits")
        ),
    )
    protect("input_requests", "input_asks", "input_links", "visits")


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("input_links")
    op.drop_table("input_asks")
    op.drop_table("input_requests")
