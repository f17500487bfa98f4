"""Refuse to start as a role for which row-level security would not hold."""

from typing import Any, Protocol

_FAULTS = """
SELECT current_user AS role, rolsuper AS superuser, rolbypassrls AS bypasses,
       EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
                 AND pg_has_role(current_user, c.relowner, 'USAGE')) AS owns
FROM pg_roles WHERE rolname = current_user
"""
_SAYS = {
    "superuser": "is a superuser",
    "bypasses": "has BYPASSRLS",
    "owns": "owns tables",
}


class Connection(Protocol):
    """What is needed of an asyncpg connection."""

    async def fetchrow(self, query: str) -> Any: ...


class UnsafeRole(Exception):
    """The role of DATABASE_URL would see every organization's rows."""


async def check_application_role(connection: Connection) -> None:
    """Raise UnsafeRole for a superuser, a role with BYPASSRLS and an owner of tables."""
    row = await connection.fetchrow(_FAULTS)
    faults = [says for column, says in _SAYS.items() if row[column]]
    if faults:
        raise UnsafeRole(
            f"The role {row['role']} of DATABASE_URL {' and '.join(faults)}: row-level security "
            "would not hold for it. `touchstone migrate --print-roles` prints the roles to use."
        )
