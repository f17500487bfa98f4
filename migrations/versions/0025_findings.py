"""What was found, what it rests on, and who else says so.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_note", sa.Text(), nullable=False),
        sa.Column("contact_context", sa.Text(), nullable=False),
        sa.Column("pain", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("frequency", sa.Integer(), nullable=True),
        sa.Column("met", sa.Boolean(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("lacking", sa.Text(), nullable=True),
        sa.Column("experience", sa.Text(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("entered", sa.BigInteger(), nullable=True),
        sa.Column("left_count", sa.BigInteger(), nullable=True),
        sa.Column("went_to", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measured_from", sa.Date(), nullable=True),
        sa.Column("measured_to", sa.Date(), nullable=True),
        sa.Column("caused_by_id", sa.Uuid(), nullable=True),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_group", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into_id IS NOT NULL)", name=op.f("ck_findings_merged")
        ),
        sa.CheckConstraint(
            "\"author_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_findings_author_group"),
        ),
        sa.CheckConstraint(
            "\"contact_context\" IN ('any', 'first', 'repeat')",
            name=op.f("ck_findings_contact_context"),
        ),
        sa.CheckConstraint(
            "\"experience\" IN ('positive', 'negative', 'valued')",
            name=op.f("ck_findings_experience"),
        ),
        sa.CheckConstraint(
            "\"fault\" IN ('inaccurate', 'missing')", name=op.f("ck_findings_fault")
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('pain_point', 'requirement', 'information_gap', 'experience', 'obstacle', 'drop_off', 'promise')",
            name=op.f("ck_findings_kind"),
        ),
        sa.CheckConstraint(
            "\"lacking\" IN ('customer', 'frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_findings_lacking"),
        ),
        sa.CheckConstraint(
            "\"pain\" IN ('struggle', 'abandonment', 'frustration', 'roadblock', 'issue')",
            name=op.f("ck_findings_pain"),
        ),
        sa.CheckConstraint("\"side\" IN ('customer', 'business')", name=op.f("ck_findings_side")),
        sa.CheckConstraint(
            "\"status\" IN ('open', 'addressed', 'dismissed', 'merged')",
            name=op.f("ck_findings_status"),
        ),
        sa.CheckConstraint(
            "entered >= left_count AND left_count >= 0", name=op.f("ck_findings_counts")
        ),
        sa.CheckConstraint("frequency BETWEEN 1 AND 5", name=op.f("ck_findings_frequency")),
        sa.CheckConstraint("measured_from <= measured_to", name=op.f("ck_findings_measured")),
        sa.CheckConstraint("severity BETWEEN 1 AND 5", name=op.f("ck_findings_severity")),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_findings_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "caused_by_id"],
            ["findings.organization_id", "findings.id"],
            name=op.f("fk_findings_organization_id_caused_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "closed_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_findings_organization_id_closed_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "department_id"],
            ["departments.organization_id", "departments.id"],
            name=op.f("fk_findings_organization_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_findings_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "merged_into_id"],
            ["findings.organization_id", "findings.id"],
            name=op.f("fk_findings_organization_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_findings_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_findings_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_findings")),
    )
    op.create_index("ix_findings_author", "findings", ["organization_id", "author_id"])
    op.create_index("ix_findings_journey", "findings", ["organization_id", "journey_id", "id"])
    op.create_index("ix_findings_merged_into", "findings", ["organization_id", "merged_into_id"])
    op.create_index(
        "ix_findings_search",
        "findings",
        [
            sa.text(
                "(array_to_tsvector(ARRAY['=' || organization_id::text]) || to_tsvector('simple', (((((text || ' ') || blocks) || ' ') || went_to) || ' ') || source))"
            )
        ],
        unique=False,
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
    op.create_index(
        "ix_findings_touchpoint", "findings", ["organization_id", "touchpoint_id", "id"]
    )
    op.create_table(
        "votes",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("member_group", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"member_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_votes_member_group"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_votes_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_votes_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_votes_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_votes_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_votes")),
    )
    op.create_index(
        "uq_votes_member", "votes", ["organization_id", "subject_id", "member_id"], unique=True
    )
    op.create_table(
        "sources",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("subject_id <> from_id", name=op.f("ck_sources_another")),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_sources_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "from_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_sources_organization_id_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_sources_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_sources_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_sources_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sources")),
    )
    op.create_index("ix_sources_from", "sources", ["organization_id", "from_id"])
    op.create_index("ix_sources_journey", "sources", ["organization_id", "journey_id"])
    op.create_index(
        "uq_sources_link", "sources", ["organization_id", "subject_id", "from_id"], unique=True
    )
    protect("findings", "votes", "sources")


def downgrade() -> None:
    op.drop_table("sources")
    op.drop_table("votes")
    op.drop_table("findings")
