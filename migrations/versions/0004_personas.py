"""Personas and channels.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_channels_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_channels_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_channels")),
        sa.UniqueConstraint("organization_id", "key", name=op.f("uq_channels_organization_id_key")),
    )
    op.create_table(
        "personas",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("segment", sa.Text(), nullable=False),
        sa.Column("age", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("education", sa.Text(), nullable=False),
        sa.Column("profession", sa.Text(), nullable=False),
        sa.Column("income", sa.Text(), nullable=False),
        sa.Column("family_status", sa.Text(), nullable=False),
        sa.Column("prior_knowledge", sa.Text(), nullable=False),
        sa.Column("goals", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("motivations", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("problems", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("resources_used", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("narrowing_steps", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("preferences", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("behaviors", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("evidence", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("evidence_grade", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_personas_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_personas_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_personas")),
    )
    protect("personas", "channels")


def downgrade() -> None:
    op.drop_table("personas")
    op.drop_table("channels")
