"""The four roles of the database, as SQL for psql: for the embedded cluster and for yours."""

import secrets
from collections.abc import Mapping

DATABASE = "touchstone"
OWNER, APP, WORKER, BACKUP = (
    "touchstone_owner",
    "touchstone_app",
    "touchstone_worker",
    "touchstone_backup",
)
URL_VARIABLES = {
    APP: "DATABASE_URL",
    OWNER: "TOUCHSTONE_OWNER_DATABASE_URL",
    WORKER: "TOUCHSTONE_WORKER_DATABASE_URL",
    BACKUP: "TOUCHSTONE_BACKUP_DATABASE_URL",
}

_ROLE = """\
SELECT 'CREATE ROLE {role}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') \\gexec
ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {bypass}
    PASSWORD '{password}';
"""

_LIMITS = """\
-- A request that waits longer than this has no reader any more.
ALTER ROLE {role} SET statement_timeout = '5s';
ALTER ROLE {role} SET lock_timeout = '2s';
ALTER ROLE {role} SET idle_in_transaction_session_timeout = '10s';
"""

_DATABASE = """\
-- Backups read everything and write nothing.
GRANT pg_read_all_data TO {backup};
ALTER ROLE {backup} SET default_transaction_read_only = on;

SELECT 'CREATE DATABASE {database} OWNER {owner}'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {app}, {worker}, {backup};

\\connect {database}
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {app}, {worker}, {backup};
"""


def new_passwords() -> dict[str, str]:
    """Make a random password for each role, safe in SQL and in an address."""
    return {role: secrets.token_urlsafe(24) for role in URL_VARIABLES}


def roles_sql(passwords: Mapping[str, str]) -> str:
    """Write the SQL that makes roles and database; running it again only sets the passwords.

    The application owns nothing and bypasses nothing, so that row-level security holds for it;
    the migrations grant it table by table.
    """
    names = {"database": DATABASE, "owner": OWNER, "app": APP, "worker": WORKER, "backup": BACKUP}
    parts = [
        _ROLE.format(
            role=role,
            password=passwords[role],
            bypass="BYPASSRLS" if role == BACKUP else "NOBYPASSRLS",
        )
        for role in URL_VARIABLES
    ]
    parts += [_LIMITS.format(role=role) for role in (APP, WORKER)]
    return "\n".join([*parts, _DATABASE.format(**names)])


def roles_script(host: str = "HOST") -> str:
    """Write the SQL for an administrator, with new passwords and the variables that use them."""
    passwords = new_passwords()
    urls = "\n".join(
        f"--   {name}=postgresql://{role}:{passwords[role]}@{host}:5432/{DATABASE}"
        for role, name in URL_VARIABLES.items()
    )
    return f"""\
-- Roles and database for Touchstone. Run it once with psql, as a superuser:
--   touchstone migrate --print-roles > roles.sql && psql -f roles.sql
-- Each printing has new passwords; these go into the environment:
{urls}

{roles_sql(passwords)}"""
