"""The words that findings, outcomes and a map's life bring, and where a copy comes from.

Revision ID: 0024
Revises: 0023
"""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
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
)
KINDS = (
    *KINDS_BEFORE,
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
CAUSES_BEFORE = (
    "by_hand",
    "not_accepted",
    "no_input",
    "thread_overdue",
)
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
)
WORDS = (
    ("subjects", "kind", KINDS_BEFORE, KINDS),
    ("escalations", "cause", CAUSES_BEFORE, (*CAUSES_BEFORE, "action_overdue")),
    ("deadlines", "cause", CAUSES_BEFORE, (*CAUSES_BEFORE, "action_overdue")),
    ("notifications", "reason", REASONS_BEFORE, (*REASONS_BEFORE, "published")),
)
LINKS = (
    ("emotions", "lineage_id", "subjects"),
    ("journeys", "future_of_id", "journeys"),
    ("lanes", "lineage_id", "subjects"),
    ("stages", "lineage_id", "subjects"),
    ("touchpoints", "lineage_id", "subjects"),
    ("touchpoints", "child_journey_id", "journeys"),
)
INDEXES = (
    ("ix_journeys_future_of", "journeys", "future_of_id"),
    ("ix_touchpoints_child", "touchpoints", "child_journey_id"),
)


def upgrade() -> None:
    for table, column, _, words in WORDS:
        say(table, column, words)
    for table, column, target in LINKS:
        op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_{table}_organization_id_{column}"),
            table,
            target,
            ["organization_id", column],
            ["organization_id", "id"],
        )
    for name, table, column in INDEXES:
        op.create_index(name, table, ["organization_id", column])


def downgrade() -> None:
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    for table, column, _ in LINKS:
        op.drop_column(table, column)
    for table, column, words, _ in reversed(WORDS):
        op.execute(f"DELETE FROM {table} WHERE NOT ({one_of(column, words)})")
        say(table, column, words)


def say(table: str, column: str, words: Iterable[str]) -> None:
    """Let a column say these words and no others."""
    op.drop_constraint(op.f(f"ck_{table}_{column}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, one_of(column, words))


def one_of(column: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f'"{column}" IN ({listed})'
