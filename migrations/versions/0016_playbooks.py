"""How to recover a moment, and how that went.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "playbooks",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("steps", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("recovery_kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("limit_frontline_staff", sa.BigInteger(), nullable=True),
        sa.Column("limit_support_staff", sa.BigInteger(), nullable=True),
        sa.Column("limit_decision_maker", sa.BigInteger(), nullable=True),
        sa.Column("limit_executive", sa.BigInteger(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"recovery_kind\" IN ('apology', 'explanation', 'fix', 'compensation', 'follow_up')",
            name=op.f("ck_playbooks_recovery_kind"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('draft', 'approved', 'superseded')", name=op.f("ck_playbooks_status")
        ),
        sa.CheckConstraint(
            "least(limit_frontline_staff, limit_support_staff, limit_decision_maker, limit_executive) >= 0",
            name=op.f("ck_playbooks_limits"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "approved_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_playbooks_organization_id_approved_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_playbooks_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_playbooks_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moment_id"],
            ["moments.organization_id", "moments.id"],
            name=op.f("fk_playbooks_organization_id_moment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "replaces_id"],
            ["playbooks.organization_id", "playbooks.id"],
            name=op.f("fk_playbooks_organization_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_playbooks_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_playbooks_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_playbooks")),
    )
    op.create_index(
        "ix_playbooks_journey", "playbooks", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index(
        "ix_playbooks_moment", "playbooks", ["organization_id", "moment_id", "id"], unique=False
    )
    op.create_index(
        "uq_playbooks_draft",
        "playbooks",
        ["organization_id", "replaces_id"],
        unique=True,
        postgresql_where=sa.text("status = 'draft'"),
    )
    op.create_table(
        "playbook_uses",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("moment_id", sa.Uuid(), nullable=False),
        sa.Column("playbook_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("result_note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"result\" IN ('pending', 'recovered', 'partly_recovered', 'not_recovered')",
            name=op.f("ck_playbook_uses_result"),
        ),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_playbook_uses_amount")),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_playbook_uses_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_playbook_uses_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "moment_id"],
            ["moments.organization_id", "moments.id"],
            name=op.f("fk_playbook_uses_organization_id_moment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "playbook_id"],
            ["playbooks.organization_id", "playbooks.id"],
            name=op.f("fk_playbook_uses_organization_id_playbook_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_playbook_uses_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_playbook_uses_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_playbook_uses")),
    )
    op.create_index(
        "ix_playbook_uses_journey",
        "playbook_uses",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_playbook_uses_playbook",
        "playbook_uses",
        ["organization_id", "playbook_id", "id"],
        unique=False,
    )
    protect("playbooks", "playbook_uses")


def downgrade() -> None:
    op.drop_table("playbook_uses")
    op.drop_table("playbooks")
