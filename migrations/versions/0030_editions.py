"""Named states of a journey, whom they were shown to, and revisits.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "editions",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("\"kind\" IN ('published', 'safety')", name=op.f("ck_editions_kind")),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_editions_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "published_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_editions_organization_id_published_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_editions_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_editions")),
    )
    op.create_index(
        "ix_editions_journey", "editions", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index(
        "uq_editions_number", "editions", ["organization_id", "journey_id", "number"], unique=True
    )
    op.create_table(
        "publications",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("groups", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "edition_id"],
            ["editions.organization_id", "editions.id"],
            name=op.f("fk_publications_organization_id_edition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_publications_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "published_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_publications_organization_id_published_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_publications_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_publications")),
    )
    op.create_index(
        "ix_publications_journey",
        "publications",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_table(
        "publication_departments",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_publication_departments_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "id"],
            ["publications.organization_id", "publications.id"],
            name=op.f("fk_publication_departments_organization_id_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_publication_departments_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "id", "department_id", name=op.f("pk_publication_departments")
        ),
    )
    op.create_table(
        "receipts",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_receipts_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_receipts_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "publication_id"],
            ["publications.organization_id", "publications.id"],
            name=op.f("fk_receipts_organization_id_publication_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_receipts_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_receipts")),
    )
    op.create_index(
        "ix_receipts_waiting",
        "receipts",
        ["organization_id", "member_id"],
        unique=False,
        postgresql_where=sa.text("acknowledged_at IS NULL"),
    )
    op.create_index(
        "uq_receipts_member",
        "receipts",
        ["organization_id", "publication_id", "member_id"],
        unique=True,
    )
    op.create_table(
        "revisits",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"outcome\" IN ('still_true', 'updated', 'needs_work', 'retire')",
            name=op.f("ck_revisits_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_revisits_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_revisits_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_revisits_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_revisits")),
    )
    op.create_index(
        "ix_revisits_journey", "revisits", ["organization_id", "journey_id", "id"], unique=False
    )
    protect("editions", "publications", "receipts", "revisits")
    protect("publication_departments", rights="SELECT, INSERT, DELETE")


def downgrade() -> None:
    op.drop_table("revisits")
    op.drop_table("receipts")
    op.drop_table("publication_departments")
    op.drop_table("publications")
    op.drop_table("editions")
