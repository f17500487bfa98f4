"""Who there is: departments, members, invitations.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departments",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("head_member_id", sa.Uuid(), nullable=True),
        sa.Column("external", sa.Boolean(), nullable=False),
        sa.Column("path", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_departments_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_departments_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_departments")),
    )
    op.create_index(
        "uq_departments_name",
        "departments",
        ["organization_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "members",
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("may_create_journeys", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_members_group"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('active', 'suspended', 'erased')", name=op.f("ck_members_status")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_members_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_members_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "manager_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_members_organization_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_members_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_members")),
        sa.UniqueConstraint(
            "organization_id", "account_id", name=op.f("uq_members_organization_id_account_id")
        ),
    )
    op.create_table(
        "invitations",
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("manager_id", sa.Uuid(), nullable=True),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("may_create_journeys", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_invitations_group"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('pending', 'accepted', 'revoked')", name=op.f("ck_invitations_status")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_invitations_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invited_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_invitations_organization_id_invited_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "manager_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_invitations_organization_id_manager_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_invitations_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_invitations_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_invitations")),
    )
    op.create_index(
        "uq_invitations_pending_email",
        "invitations",
        ["organization_id", "email"],
        unique=True,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_foreign_key(
        op.f("fk_departments_organization_id_head_member_id"),
        "departments",
        "members",
        ["organization_id", "head_member_id"],
        ["organization_id", "id"],
    )
    protect("departments", "members", "invitations")


def downgrade() -> None:
    op.drop_constraint("fk_departments_organization_id_head_member_id", "departments")
    op.drop_table("invitations")
    op.drop_table("members")
    op.drop_table("departments")
