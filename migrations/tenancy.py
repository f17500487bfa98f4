"""What every migration does to the tables it makes: row-level security, and who may touch what."""

from alembic import op

# After SET LOCAL the setting is '' in a later transaction of the same connection, not NULL.
TENANT = "organization_id = nullif(current_setting('touchstone.organization_id', true), '')::uuid"


def protect(*tables: str, rights: str = "SELECT, INSERT, UPDATE") -> None:
    """Confine tables of an organization to the organization that is set, for everybody.

    FORCE binds the owner too, so the owner gets a policy of its own: data migrations and dumps
    would otherwise see no rows.
    """
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY tenant ON {table} USING ({TENANT}) WITH CHECK ({TENANT})")
        op.execute(f"CREATE POLICY owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)")
    share(*tables, rights=rights)


def share(*tables: str, rights: str = "SELECT, INSERT, UPDATE") -> None:
    """Give the application its rights on tables, and the backup its reading."""
    for table in tables:
        op.execute(f"GRANT {rights} ON {table} TO touchstone_app")
        op.execute(f"GRANT SELECT ON {table} TO touchstone_backup")
