"""What members say: annotations, replies, support.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotations",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_group", sa.Text(), nullable=False),
        sa.Column("author_department_id", sa.Uuid(), nullable=True),
        sa.Column("attributed_to", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.Column("resolution_note", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"author_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_annotations_author_group"),
        ),
        sa.CheckConstraint(
            "\"kind\" IN ('comment', 'question', 'issue', 'idea', 'praise', 'evidence', 'obstacle')",
            name=op.f("ck_annotations_kind"),
        ),
        sa.CheckConstraint(
            "\"resolution\" IN ('fixed', 'answered', 'action_created', 'wont_do', 'duplicate')",
            name=op.f("ck_annotations_resolution"),
        ),
        sa.CheckConstraint(
            "\"visibility\" IN ('everyone', 'my_group', 'leadership', 'private')",
            name=op.f("ck_annotations_visibility"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "assignee_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_annotations_organization_id_assignee_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_annotations_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_annotations_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_annotations_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_annotations_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_annotations_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_annotations")),
    )
    op.create_index(
        "ix_annotations_assignee",
        "annotations",
        ["organization_id", "assignee_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_annotations_author", "annotations", ["organization_id", "author_id", "id"], unique=False
    )
    op.create_index(
        "ix_annotations_journey",
        "annotations",
        ["organization_id", "journey_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_annotations_subject",
        "annotations",
        ["organization_id", "subject_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_annotations_touchpoint",
        "annotations",
        ["organization_id", "touchpoint_id", "id"],
        unique=False,
    )
    op.create_table(
        "replies",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_group", sa.Text(), nullable=False),
        sa.Column("attributed_to", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"author_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_replies_author_group"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "annotation_id"],
            ["annotations.organization_id", "annotations.id"],
            name=op.f("fk_replies_organization_id_annotation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_replies_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_replies_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_replies_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_replies")),
    )
    op.create_index(
        "ix_replies_annotation", "replies", ["organization_id", "annotation_id", "id"], unique=False
    )
    op.create_table(
        "supports",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("member_group", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"member_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_supports_member_group"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "annotation_id"],
            ["annotations.organization_id", "annotations.id"],
            name=op.f("fk_supports_organization_id_annotation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_supports_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_supports_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_supports_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_supports")),
    )
    op.create_index(
        "uq_supports_member",
        "supports",
        ["organization_id", "annotation_id", "member_id"],
        unique=True,
    )
    protect("annotations", "replies", "supports")


def downgrade() -> None:
    op.drop_table("supports")
    op.drop_table("replies")
    op.drop_table("annotations")
