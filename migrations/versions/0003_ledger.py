"""What happened: subjects, heads, entries, revisions, replies kept for repeats.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_commitment", sa.LargeBinary(), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "\"actor_kind\" IN ('system', 'member', 'hidden')", name=op.f("ck_entries_actor_kind")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_entries_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "stream_id", "revision", name=op.f("pk_entries")
        ),
        sa.UniqueConstraint(
            "organization_id",
            "stream_id",
            "prev_hash",
            name=op.f("uq_entries_organization_id_stream_id_prev_hash"),
        ),
    )
    op.create_index(
        "ix_entries_subject", "entries", ["organization_id", "subject_id"], unique=False
    )
    op.create_table(
        "heads",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("\"kind\" IN ('journey', 'organization')", name=op.f("ck_heads_kind")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_heads_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "stream_id", name=op.f("pk_heads")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_idempotency_keys_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "member_id", "operation", "key", name=op.f("pk_idempotency_keys")
        ),
    )
    op.create_index(
        "ix_idempotency_keys_created_at",
        "idempotency_keys",
        ["organization_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "revisions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stream_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_revisions_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "subject_id", "version", name=op.f("pk_revisions")
        ),
        sa.UniqueConstraint(
            "organization_id",
            "stream_id",
            "revision",
            name=op.f("uq_revisions_organization_id_stream_id_revision"),
        ),
    )
    op.create_table(
        "subjects",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("journey_id", sa.Uuid(), nullable=True),
        sa.Column("touchpoint_id", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "\"kind\" IN ('organization', 'department', 'member', 'invitation', 'persona', 'channel', 'journey', 'grant', 'stage', 'lane', 'cell', 'touchpoint', 'emotion', 'annotation', 'reply', 'support', 'rating', 'moment')",
            name=op.f("ck_subjects_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_subjects_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_subjects")),
    )
    op.create_index(
        "ix_subjects_journey_id", "subjects", ["organization_id", "journey_id"], unique=False
    )
    protect("subjects", "heads")
    protect("entries", rights="SELECT, INSERT")
    # Erasing a person empties these two columns, and nothing else of the past can be rewritten.
    protect("revisions", rights="SELECT, INSERT, UPDATE (content, salt)")
    protect("idempotency_keys", rights="SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    op.drop_table("subjects")
    op.drop_table("revisions")
    op.drop_table("idempotency_keys")
    op.drop_table("heads")
    op.drop_table("entries")
