"""Who listens, and who is there.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

from migrations.tenancy import protect

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

# The one question that a stream asks across organizations: how far are these. Whoever asks must
# name both the organization and the stream, and is told a number.
HEADS = """
CREATE FUNCTION touchstone_heads(organizations uuid[], streams uuid[])
RETURNS TABLE (organization_id uuid, stream_id uuid, revision bigint)
LANGUAGE sql STABLE STRICT SECURITY DEFINER PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT head.organization_id, head.stream_id, head.revision
    FROM unnest(organizations, streams) AS asked (organization_id, stream_id)
    JOIN public.heads AS head ON head.organization_id = asked.organization_id
        AND head.stream_id = asked.stream_id
$$
"""


def upgrade() -> None:
    op.create_table(
        "stream_tickets",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_stream_tickets_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_stream_tickets_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_stream_tickets")),
        sa.UniqueConstraint(
            "organization_id",
            "secret_hash",
            name=op.f("uq_stream_tickets_organization_id_secret_hash"),
        ),
    )
    op.create_index(
        "ix_stream_tickets_expires_at",
        "stream_tickets",
        ["organization_id", "expires_at"],
        unique=False,
    )
    op.create_table(
        "presences",
        sa.Column("journey_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "journey_id"],
            ["journeys.organization_id", "journeys.id"],
            name=op.f("fk_presences_organization_id_journey_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "member_id"],
            ["members.organization_id", "members.id"],
            name=op.f("fk_presences_organization_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_presences_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_presences")),
    )
    op.create_index(
        "ix_presences_journey",
        "presences",
        ["organization_id", "journey_id", "seen_at"],
        unique=False,
    )
    protect("stream_tickets", "presences", rights="SELECT, INSERT, UPDATE, DELETE")
    op.execute(HEADS)
    op.execute("REVOKE ALL ON FUNCTION touchstone_heads(uuid[], uuid[]) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION touchstone_heads(uuid[], uuid[]) TO touchstone_app")


def downgrade() -> None:
    op.execute("DROP FUNCTION touchstone_heads(uuid[], uuid[])")
    op.drop_table("presences")
    op.drop_table("stream_tickets")
