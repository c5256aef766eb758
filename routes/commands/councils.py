"""Commands that go through all councils, one after the other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from enforcement.adapters.tables import act_for, db


def every_council() -> Sequence[Any]:
    """Their ids and short names."""
    with db.engine.connect() as connection:
        return connection.execute(text("SELECT id, slug FROM openpatrol_authorities()")).all()


@contextmanager
def session_of(authority_id: UUID) -> Iterator[Session]:
    """A session that acts for one of them, and commits at its end."""
    with Session(db.engine, expire_on_commit=False) as session:
        act_for(session, authority_id)
        yield session
        session.commit()
