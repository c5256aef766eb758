"""A council in a stack of real processes, with its first person, whom nobody can make over the API."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from enforcement import people
from enforcement.simulation.stack import Stack

from .builders import PASSWORD

ENGLAND = ("Europe/London", "GB", "ENG")


def found(stack: Stack, slug: str, email: str, place: tuple[str, str, str] = ENGLAND) -> UUID:
    """The authority's id; its administrator signs in with PASSWORD. Without the seconds that our commands
    take to start: they have tests of their own."""
    engine = create_engine(stack.env["DATABASE_URL"])
    with Session(engine, expire_on_commit=False) as session:
        authority = people.create_authority(session, slug, slug.title(), *place, "single-sighting")
        people.create_person(session, email, "Ada", "administrator", PASSWORD, "test", datetime.now(UTC))
        session.commit()
    engine.dispose()
    return authority.id
