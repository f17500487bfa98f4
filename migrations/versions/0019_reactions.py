"""Reactions, flags and proposals, and the log of moderators.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("stage_id", sa.Uuid(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("author_group", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("applied_version", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"about\" IN ('touchpoint', 'stage', 'cell', 'moment')",
            name=op.f("ck_proposals_about"),
        ),
        sa.CheckConstraint(
            "\"author_group\" IN ('frontline_staff', 'support_staff', 'decision_maker', 'executive')",
            name=op.f("ck_proposals_author_group"),
        ),
        sa.CheckConstraint(
            "\"status\" IN ('open', 'accepted', 'rejected', 'withdrawn')",
            name=op.f("ck_proposals_status"),
        ),
        sa.CheckConstraint(
            "about <> 'cell' OR num_nonnulls(stage_id, touchpoint_id) = 1",
            name=op.f("ck_proposals_one_place"),
        ),
        sa.CheckConstraint(
            "(status = 'open') = (decided_at IS NULL)", name=op.f("ck_proposals_decided")
        ),
        sa.CheckConstraint(
            "(status = 'accepted') = (applied_version IS NOT NULL)",
            name=op.f("ck_proposals_applied"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_proposals_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "decided_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_proposals_organization_id_decided_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_proposals_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "stage_id"],
            ["stages.organization_id", "stages.id"],
            name=op.f("fk_proposals_organization_id_stage_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_proposals_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "touchpoint_id"],
            ["touchpoints.organization_id", "touchpoints.id"],
            name=op.f("fk_proposals_organization_id_touchpoint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_proposals_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_proposals")),
    )
    op.create_index(
        "ix_proposals_author", "proposals", ["organization_id", "author_id", "id"], unique=False
    )
    op.create_index(
        "ix_proposals_journey", "proposals", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index(
        "ix_proposals_subject", "proposals", ["organization_id", "subject_id", "id"], unique=False
    )
    op.create_index(
        "ix_proposals_open",
        "proposals",
        ["organization_id", "journey_id", "touchpoint_id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "flags",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("\"outcome\" IN ('approved', 'hidden')", name=op.f("ck_flags_outcome")),
        sa.CheckConstraint(
            "\"reason\" IN ('abusive', 'personal_data', 'off_topic', 'spam', 'other')",
            name=op.f("ck_flags_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "annotation_id"],
            ["annotations.organization_id", "annotations.id"],
            name=op.f("fk_flags_organization_id_annotation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_flags_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_flags_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "settled_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_flags_organization_id_settled_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "target_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_flags_organization_id_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_flags_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_flags")),
    )
    op.create_index(
        "ix_flags_journey", "flags", ["organization_id", "journey_id", "id"], unique=False
    )
    op.create_index(
        "uq_flags_open",
        "flags",
        ["organization_id", "target_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "reactions",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("annotation_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('thumbs_up', 'heart', 'celebrate', 'thinking', 'surprised', 'sad', 'thanks', 'eyes')",
            name=op.f("ck_reactions_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "annotation_id"],
            ["annotations.organization_id", "annotations.id"],
            name=op.f("fk_reactions_organization_id_annotation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_reactions_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_reactions_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "target_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_reactions_organization_id_target_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_reactions_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_reactions")),
    )
    op.create_index(
        "uq_reactions_member",
        "reactions",
        ["organization_id", "target_id", "member_id", "kind"],
        unique=True,
    )
    op.create_index(
        "ix_entries_of_moderation",
        "entries",
        ["organization_id", "stream_id", "revision"],
        unique=False,
        postgresql_where=sa.text(
            "verb IN ('flag.raised', 'flag.settled', 'annotation.hidden', 'annotation.shown', 'annotation.approved', 'reply.hidden', 'reply.shown', 'reply.approved')"
        ),
    )
    protect("reactions", "flags", "proposals")


def downgrade() -> None:
    op.drop_index("ix_entries_of_moderation", "entries")
    op.drop_table("proposals")
    op.drop_table("flags")
    op.drop_table("reactions")
