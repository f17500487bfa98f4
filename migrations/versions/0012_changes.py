"""A journey for each import key, and the last change of a map without walking its voices.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "uq_import_keys_journey",
        "import_keys",
        ["organization_id", "key"],
        unique=True,
        postgresql_where=sa.text("kind = 'journey'"),
    )
    op.create_index(
        "ix_entries_of_map",
        "entries",
        ["organization_id", "stream_id", "revision"],
        unique=False,
        postgresql_where=sa.text(
            "subject_kind IN ('journey', 'stage', 'lane', 'cell', 'touchpoint', 'emotion',"
            " 'moment')"
        ),
    )


def downgrade() -> None:
    op.drop_index("ix_entries_of_map", "entries")
    op.drop_index("uq_import_keys_journey", "import_keys")
