"""Speaking for a group, mentions, work on a thread, and what moderators say of it.

Revision ID: 0018
Revises: 0017
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


BEFORE = (
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
)
KINDS = (*BEFORE, "reaction", "flag", "proposal")
VOICE = (
    "voice = 'member' AND author_id IS NOT NULL AND hidden_author_id IS NULL"
    " OR voice = 'group' AND author_id IS NULL"
)
COLUMNS: dict[str, dict[str, tuple[Any, str | None]]] = {
    "annotations": {
        "voice": (sa.Text(), "member"),
        "hidden_author_id": (sa.Uuid(), None),
        "author_salt": (sa.LargeBinary(), None),
        "mentioned_member_ids": (sa.ARRAY(sa.Uuid()), "{}"),
        "mentioned_department_ids": (sa.ARRAY(sa.Uuid()), "{}"),
        "mentioned_groups": (sa.ARRAY(sa.Text()), "{}"),
        "anchored_from_id": (sa.Uuid(), None),
        "work_status": (sa.Text(), "to_do"),
        "duplicate_of_id": (sa.Uuid(), None),
        "approved_at": (sa.DateTime(timezone=True), None),
        "approved_by": (sa.Uuid(), None),
    },
    "replies": {
        "voice": (sa.Text(), "member"),
        "hidden_author_id": (sa.Uuid(), None),
        "author_salt": (sa.LargeBinary(), None),
        "author_department_id": (sa.Uuid(), None),
        "mentioned_member_ids": (sa.ARRAY(sa.Uuid()), "{}"),
        "mentioned_department_ids": (sa.ARRAY(sa.Uuid()), "{}"),
        "mentioned_groups": (sa.ARRAY(sa.Text()), "{}"),
        "withdrawn_at": (sa.DateTime(timezone=True), None),
        "hidden_at": (sa.DateTime(timezone=True), None),
        "hidden_by": (sa.Uuid(), None),
        "hidden_reason": (sa.Text(), ""),
        "approved_at": (sa.DateTime(timezone=True), None),
        "approved_by": (sa.Uuid(), None),
        "edited_at": (sa.DateTime(timezone=True), None),
    },
}


def _one_of(kinds: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f'"kind" IN ({listed})'


def _link(table: str, column: str, to: str) -> None:
    name = op.f(f"fk_{table}_organization_id_{column}")
    ours, theirs = ["organization_id", column], ["organization_id", "id"]
    op.create_foreign_key(name, table, to, ours, theirs)


def upgrade() -> None:
    # Defaults stay: the release before this one knows nothing of these columns.
    for table, columns in COLUMNS.items():
        for name, (kind, value) in columns.items():
            column = sa.Column(name, kind, nullable=value is None, server_default=value)
            op.add_column(table, column)
        op.alter_column(table, "author_id", nullable=True)
        op.create_check_constraint(op.f(f"ck_{table}_voice"), table, VOICE)
        _link(table, "hidden_author_id", "members")
    op.add_column(
        "journeys",
        sa.Column("group_voice", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _link("annotations", "anchored_from_id", "subjects")
    _link("annotations", "duplicate_of_id", "annotations")
    op.create_check_constraint(
        op.f("ck_annotations_work_status"),
        "annotations",
        "\"work_status\" IN ('to_do', 'in_progress', 'waiting')",
    )
    op.create_index(
        "ix_annotations_hidden_author",
        "annotations",
        ["organization_id", "hidden_author_id", "id"],
        unique=False,
        postgresql_where=sa.text("hidden_author_id IS NOT NULL"),
    )
    op.create_index(
        "ix_annotations_duplicate",
        "annotations",
        ["organization_id", "duplicate_of_id", "id"],
        unique=False,
        postgresql_where=sa.text("duplicate_of_id IS NOT NULL"),
    )
    op.create_index(
        "ix_replies_journey", "replies", ["organization_id", "journey_id", "id"], unique=False
    )
    op.drop_constraint(op.f("ck_subjects_kind"), "subjects")
    op.create_check_constraint(op.f("ck_subjects_kind"), "subjects", _one_of(KINDS))
    # Visits to threads are forgotten once their whole journey has been read.
    op.execute("GRANT DELETE ON visits TO touchstone_app")


def downgrade() -> None:
    # The release before this one would show by name who spoke for a group.
    op.execute(
        "DO $$ BEGIN IF EXISTS (SELECT FROM annotations WHERE voice = 'group')"
        " OR EXISTS (SELECT FROM replies WHERE voice = 'group') THEN"
        " RAISE 'members have spoken for their group: going back would name them'; END IF; END $$"
    )
    op.execute("REVOKE DELETE ON visits FROM touchstone_app")
    op.execute(f"DELETE FROM subjects WHERE NOT ({_one_of(BEFORE)})")
    op.drop_constraint(op.f("ck_subjects_kind"), "subjects")
    op.create_check_constraint(op.f("ck_subjects_kind"), "subjects", _one_of(BEFORE))
    op.drop_index("ix_replies_journey", "replies")
    op.drop_column("journeys", "group_voice")
    for table, columns in COLUMNS.items():
        op.drop_constraint(op.f(f"ck_{table}_voice"), table)
        op.alter_column(table, "author_id", nullable=False)
        for name in columns:
            op.drop_column(table, name)
