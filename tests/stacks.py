"""A council in a stack of real processes, and its people, as if they had been made over the API: without the time
that our commands take to start and that a password takes to hash. Both have tests of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from enforcement import people
from enforcement.adapters.tables import act_for
from enforcement.simulation.stack import Stack

from .builders import PASSWORD, hash_quickly

ENGLAND = ("Europe/London", "GB", "ENG")


def found(stack: Stack, slug: str, email: str, place: tuple[str, str, str] = ENGLAND) -> UUID:
    """The authority's id; its administrator signs in with PASSWORD."""
    hash_quickly()
    with _session(stack) as session:
        authority = people.create_authority(session, slug, slug.title(), *place, "single-sighting")
        people.create_person(session, email, "Ada", "administrator", PASSWORD, "test", datetime.now(UTC))
        return authority.id


def join(stack: Stack, slug: str, role: str, name: str, email: str) -> str:
    """The id of someone new in this council, who signs in with PASSWORD."""
    hash_quickly()
    with _session(stack) as session:
        named = text("SELECT id FROM openpatrol_authorities() WHERE slug = :slug")
        authority_id = session.scalars(named, {"slug": slug}).one()
        session.rollback()
        act_for(session, authority_id)
        person = people.create_person(session, email, name, role, PASSWORD, "test", datetime.now(UTC))
        return str(person.id)


@contextmanager
def _session(stack: Stack) -> Iterator[Session]:
    engine = create_engine(stack.env["DATABASE_URL"])
    with Session(engine, expire_on_commit=False) as session:
        yield session
        session.commit()
    engine.dispose()
