"""Members that are programs, access tokens, and the words of what reaches outside.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect
from migrations.words import one_of, say

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

KINDS_BEFORE = (
    "organization",
    "department",
    "member",
    "invitation",
    "persona",
    "channel",
    "journey",
    "grant",
    "stage",
    "lane",
    "cell",
    "touchpoint",
    "emotion",
    "annotation",
    "reply",
    "support",
    "rating",
    "moment",
    "responsibility",
    "sign_off_rule",
    "sign_off",
    "stakeholder_value",
    "playbook",
    "playbook_use",
    "input_request",
    "input_ask",
    "escalation",
    "reaction",
    "flag",
    "proposal",
    "finding",
    "vote",
    "source",
    "evidence",
    "attachment",
    "opportunity",
    "action",
    "outcome",
    "metric",
    "metric_link",
    "recording",
    "edition",
    "publication",
    "receipt",
    "revisit",
)
KINDS = (*KINDS_BEFORE, "webhook", "identity_provider")
REASONS_BEFORE = (
    "mention",
    "reply",
    "assigned",
    "responsibility",
    "input",
    "sign_off",
    "stale",
    "escalated",
    "resolved",
    "outcome",
    "proposal",
    "watching",
    "published",
)
WORDS = (
    ("subjects", "kind", KINDS_BEFORE, KINDS),
    ("notifications", "reason", REASONS_BEFORE, (*REASONS_BEFORE, "webhook")),
)


def upgrade() -> None:
    for table, column, _, words in WORDS:
        say(table, column, words)
    op.alter_column("accounts", "email", nullable=True)
    op.add_column("members", sa.Column("kind", sa.Text(), nullable=False, server_default="person"))
    op.alter_column("members", "kind", server_default=None)
    op.create_check_constraint(
        op.f("ck_members_kind"), "members", one_of("kind", ("person", "service"))
    )
    op.add_column("sessions", sa.Column("scopes", sa.ARRAY(sa.Text()), nullable=True))
    op.add_column("sessions", sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sessions", sa.Column("provider_id", sa.Uuid(), nullable=True))
    op.create_table(
        "access_tokens",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "created_by"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_access_tokens_organization_id_created_by"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_access_tokens_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_access_tokens_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_access_tokens")),
        sa.UniqueConstraint(
            "organization_id",
            "secret_hash",
            name=op.f("uq_access_tokens_organization_id_secret_hash"),
        ),
        sa.UniqueConstraint(
            "organization_id",
            "session_id",
            name=op.f("uq_access_tokens_organization_id_session_id"),
        ),
    )
    op.create_index(
        "ix_access_tokens_member",
        "access_tokens",
        ["organization_id", "member_id", "id"],
        unique=False,
    )
    protect("access_tokens")


def downgrade() -> None:
    op.drop_table("access_tokens")
    op.execute("DELETE FROM sessions WHERE scopes IS NOT NULL OR provider_id IS NOT NULL")
    for column in ("provider_id", "expires_at", "scopes"):
        op.drop_column("sessions", column)
    op.drop_column("members", "kind")
    # Nobody signs in with such an address, and it says whose account it is.
    op.execute("UPDATE accounts SET email = id || '@none.invalid' WHERE email IS NULL")
    op.alter_column("accounts", "email", nullable=False)
    for table, column, words, _ in reversed(WORDS):
        op.execute(f"DELETE FROM {table} WHERE NOT ({one_of(column, words)})")
        say(table, column, words)
