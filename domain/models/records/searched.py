"""What of a row is found by its words: the index that the function `search` looks into."""

from functools import reduce

from sqlalchemy import DDL, Index, event, text

from domain.models.base import Base

_OWN = "array_to_tsvector(ARRAY['=' || organization_id::text])"
_JOINED = """
CREATE OR REPLACE FUNCTION joined(items text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT pg_catalog.array_to_string(items, ' ') $$
"""
event.listen(Base.metadata, "before_create", DDL(_JOINED))  # type: ignore[no-untyped-call]


def searched(table: str, *texts: str, lists: tuple[str, ...] = ()) -> Index:
    """An index over the lexemes of some columns, and of the organization.

    An expression keeps no copy: nothing drifts, and what is erased is gone. Without a list of
    what is pending, which every search would read, each write pays for itself.
    """
    parts = [*texts, *(f"joined({column})" for column in lists)]
    # Bracketed as the database says it again, or alembic takes it for another index.
    *before, last = [part for one in parts for part in ("' '", one)][1:]
    told = f"{reduce(lambda one, more: f'({one} || {more})', before)} || {last}" if before else last
    return Index(
        f"ix_{table}_search",
        text(f"({_OWN} || to_tsvector('simple', {told}))"),
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
