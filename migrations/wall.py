"""The wall between authorities, for tables that came after the first migration."""

from alembic import op

THE_AUTHORITY = "nullif(current_setting('openpatrol.authority', true), '')::uuid"


def wall_in(*tables: str, rights: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """Only rows of the authority that a session acts for are seen and written; the server's role gets `rights`."""
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY of_authority ON {table}"
            f" USING (authority_id = {THE_AUTHORITY}) WITH CHECK (authority_id = {THE_AUTHORITY})"
        )
        op.execute(f"GRANT {rights} ON {table} TO openpatrol_app")
