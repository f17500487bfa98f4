"""What members are told, what they want to hear of, and how far the telling has come.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


SEEN_BY_WORKER = {
    "heads": "organization_id, stream_id, kind, revision",
    "feed_positions": "organization_id, stream_id, consumer, revision",
    "preferences": "organization_id, member_id, digest_due_at",
}


def upgrade() -> None:
    op.create_table(
        "feed_positions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("consumer", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_feed_positions_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "stream_id", "consumer", name=op.f("pk_feed_positions")
        ),
    )
    op.create_table(
        "preferences",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("muted_reasons", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("digest_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"digest\" IN ('off', 'daily', 'weekly')", name=op.f("ck_preferences_digest")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_preferences_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_preferences_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "member_id", name=op.f("pk_preferences")),
    )
    op.create_index(
        "ix_preferences_digest_due_at",
        "preferences",
        ["digest_due_at"],
        unique=False,
        postgresql_where=sa.text("digest_due_at IS NOT NULL"),
    )
    op.create_table(
        "watches",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "\"level\" IN ('all', 'participating', 'none')", name=op.f("ck_watches_level")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_watches_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_watches_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_watches_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "member_id", "subject_id", name=op.f("pk_watches")
        ),
    )
    op.create_index(
        "ix_watches_subject", "watches", ["organization_id", "subject_id"], unique=False
    )
    op.create_table(
        "notifications",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("happened", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"reason\" IN ('mention', 'reply', 'assigned', 'responsibility', 'input', 'sign_off', 'stale', 'escalated', 'resolved', 'outcome', 'proposal', 'watching')",
            name=op.f("ck_notifications_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "actor_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_notifications_organization_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_notifications_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_notifications_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "subject_id"],
            ["subjects.organization_id", "subjects.id"],
            name=op.f("fk_notifications_organization_id_subject_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_notifications_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_notifications")),
    )
    op.create_index(
        "ix_notifications_newest",
        "notifications",
        ["organization_id", "member_id", "last_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_notifications_unread",
        "notifications",
        ["organization_id", "member_id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index(
        "uq_notifications_line",
        "notifications",
        ["organization_id", "member_id", "subject_id", "reason"],
        unique=True,
    )
    protect("feed_positions")
    protect("notifications", "watches", "preferences", rights="SELECT, INSERT, UPDATE, DELETE")
    # Nobody is told of what happened before there was anybody to tell it.
    op.execute(
        "INSERT INTO feed_positions (organization_id, stream_id, consumer, revision)"
        " SELECT organization_id, stream_id, 'notifications', revision FROM heads"
    )
    # The worker looks across organizations for what has happened and what is due, and for nothing else.
    for table, columns in SEEN_BY_WORKER.items():
        op.execute(f"CREATE POLICY worker ON {table} FOR SELECT TO touchstone_worker USING (true)")
        op.execute(f"GRANT SELECT ({columns}) ON {table} TO touchstone_worker")


def downgrade() -> None:
    op.execute("DROP POLICY worker ON heads")
    op.execute(
        "REVOKE SELECT (organization_id, stream_id, kind, revision) ON heads FROM touchstone_worker"
    )
    op.drop_table("preferences")
    op.drop_table("watches")
    op.drop_table("feed_positions")
    op.drop_table("notifications")
