"""Is the wall between authorities up? Row-level security binds neither superusers nor a table's owner."""

from sqlalchemy import text
from sqlalchemy.engine import Engine

ROLE = text("""
    SELECT current_user AS name, r.rolsuper OR r.rolbypassrls AS above,
           EXISTS (SELECT FROM pg_class c WHERE c.relname = 'readings' AND pg_has_role(c.relowner, 'USAGE')) AS owner
    FROM pg_roles r WHERE r.rolname = current_user
""")


class NoWall(Exception):
    """The server would run under a role that sees all authorities' rows."""


def require_wall(engine: Engine) -> None:
    """Raises NoWall unless the server's role is an ordinary one; called before a process begins to serve."""
    with engine.connect() as connection:
        role = connection.execute(ROLE).one()
    if role.above or role.owner:
        raise NoWall(
            f"The database role {role.name} is not bound by row-level security: it is a superuser or owns"
            " the tables. DATABASE_URL must name an ordinary role (see docs/deployment.md)."
        )
