"""What a column of text may say: a CHECK over words, which later migrations add to."""

from collections.abc import Iterable

from alembic import op


def say(table: str, column: str, words: Iterable[str]) -> None:
    """Let a column say these words and no others."""
    op.drop_constraint(op.f(f"ck_{table}_{column}"), table)
    op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, one_of(column, words))


def one_of(column: str, words: Iterable[str]) -> str:
    """The condition that a column says one of the words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f'"{column}" IN ({listed})'
