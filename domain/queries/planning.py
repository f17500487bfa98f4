"""Long statements: planning one takes longer than running it, so it is planned once."""

from typing import Any

from sqlalchemy import ColumnElement, literal_column, select

from domain.database import Transaction, hot

# PostgreSQL by itself plans anew for every question, as long as that seems to give better plans.
PLAN_ONCE: ColumnElement[Any] = literal_column(
    "set_config('plan_cache_mode', 'force_generic_plan', true)"
)
"""A column that has all that follows in the transaction planned once per connection."""
_PLAN_ONCE = hot(select(PLAN_ONCE.label("planning")))


async def plan_once(tx: Transaction) -> None:
    """Have what follows in the transaction planned once per connection, and kept."""
    await tx.run(_PLAN_ONCE)
