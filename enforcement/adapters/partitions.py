"""The partitions of the tables that grow without end: made ahead of time, and dropped when they are empty."""

from datetime import date

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Engine

PARTITIONED = ("readings", "positions", "journal")
MAKE = text("SELECT openpatrol_make_partitions(:parent, :first, :last)")
DROP = text("SELECT openpatrol_drop_partitions(:parent, :before)")


def make(engine: Engine, first: date, last: date) -> None:
    """Those that are missing: one a day, of the journal one a month. Raises OperationalError after two seconds of
    waiting for somebody who reads what no partition was there for."""
    _in_turn(engine, MAKE, first=first, last=last)


def drop(engine: Engine, before: date) -> None:
    """Those that end before this day and are empty, unless somebody reads one just now."""
    _in_turn(engine, DROP, before=before)


def _in_turn(engine: Engine, statement: TextClause, **dates: date) -> None:
    """Each table in a transaction of its own: with one locked and the next asked for, we and somebody who had
    written to that one would wait for each other."""
    for table in PARTITIONED:
        with engine.begin() as connection:
            connection.execute(statement, {"parent": table, **dates})
