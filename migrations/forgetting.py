"""More kinds of record for `openpatrol_forget`, whatever kinds it knows by now."""

import sqlalchemy as sa
from alembic import op

FORGET = "openpatrol_forget(text, timestamptz, bigint, boolean)"
BRANCH = """  WHEN $kind${kind}$kind$ THEN
    IF dry THEN
      EXECUTE $sql$SELECT count(*) FROM ({chosen}) w$sql$ INTO n USING ours, before, most;
    ELSE
      EXECUTE $sql$WITH c AS (DELETE FROM {table} WHERE authority_id = $1 AND id IN ({chosen}) RETURNING 1)
        SELECT count(*) FROM c$sql$ INTO n USING ours, before, most;
    END IF;
"""
LAST = "  END CASE;"


def forget_too(kind: str, table: str, where: str) -> None:
    """From now on it erases rows of `table` (t, by their id) too, once `where` holds of the time before ($2)."""
    _replace(LAST, _branch(kind, table, where) + LAST)


def forget_no_more(kind: str, table: str, where: str) -> None:
    """As if `forget_too` had not been called."""
    _replace(_branch(kind, table, where), "")


def _branch(kind: str, table: str, where: str) -> str:
    chosen = f"SELECT t.id FROM {table} t WHERE t.authority_id = $1 AND {where} LIMIT $3"
    return BRANCH.format(kind=kind, table=table, chosen=chosen)


def _replace(old: str, new: str) -> None:
    asked = sa.text("SELECT pg_get_functiondef(to_regprocedure(:name))")
    written: str = op.get_bind().execute(asked, {"name": FORGET}).scalar_one()
    assert old in written
    op.execute(sa.text(written.replace(old, new, 1).replace(":", r"\:")))
