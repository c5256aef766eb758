"""Which providers of rights a council asks, as its administrators set them up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from .. import journal
from ..adapters.rights import Question
from ..adapters.rights.lines import Line
from ..adapters.tables import RightsProvider
from ..domain.refusals import Conflict, Invalid, NotFound
from .asking import breaker_of

APDS, LIST = "apds", "list"
FRESH_MINUTES = 36 * 60  # of a nightly export, with half a day to spare


def providers(session: Session) -> Sequence[RightsProvider]:
    """Those in use, by name."""
    ours = _ours(session).where(RightsProvider.retired_at.is_(None))
    return session.scalars(ours.order_by(RightsProvider.name)).all()


def find(session: Session, provider_id: UUID, *, lock: bool = False) -> RightsProvider:
    """One that is in use. Raises NotFound, also for another authority's."""
    query = _ours(session).where(RightsProvider.id == provider_id, RightsProvider.retired_at.is_(None))
    found = session.scalars(query.with_for_update() if lock else query).first()
    if found is None:
        raise NotFound(f"There is no provider {provider_id}.")
    return found


def _ours(session: Session) -> Select[RightsProvider]:
    return select(RightsProvider).where(RightsProvider.authority_id == session.info["authority_id"])


def named(session: Session, name: str) -> RightsProvider | None:
    """The one in use that is called so."""
    query = _ours(session).where(RightsProvider.name == name, RightsProvider.retired_at.is_(None))
    return session.scalars(query).first()


def add(session: Session, given: Mapping[str, Any], actor: str, now: datetime) -> RightsProvider:
    """A new provider; `token` is encrypted already. Raises Invalid, Conflict."""
    if named(session, given["name"]):
        raise Conflict(f"There is a provider called {given['name']!r} already.")
    provider = RightsProvider(
        authority_id=session.info["authority_id"], id=uuid7(), faults=0, created_at=now, **given
    )
    _check(provider)
    session.add(provider)
    session.flush()
    journal.record(session, "provider.added", provider.id, at=now, actor=actor, provider_kind=provider.kind)
    return provider


def new_list(name: str) -> dict[str, Any]:
    """What a list is like that its first file makes."""
    return {
        "kind": LIST,
        "name": name,
        "base_url": None,
        "token": None,
        "place_by": "bay",
        "places": {},
        "about_bays": True,
        "about_plates": True,
        "timeout_seconds": 2.0,
        "fresh_minutes": FRESH_MINUTES,
    }


def change(
    session: Session, provider: RightsProvider, changes: Mapping[str, Any], actor: str, now: datetime
) -> None:
    """Another address, token, table of places; its breaker starts anew. Raises Invalid, Conflict."""
    other = named(session, changes["name"]) if "name" in changes else None
    if other and other is not provider:
        raise Conflict(f"There is a provider called {changes['name']!r} already.")
    if "base_url" in changes and changes["base_url"] != provider.base_url and "token" not in changes:
        words = "Give the access token again: the one we have was given for another address."
        raise Invalid.at("/token", words)
    for name, value in changes.items():
        setattr(provider, name, value)
    provider.faults, provider.open_since, provider.try_at = 0, None, None
    _check(provider)
    journal.record(session, "provider.changed", provider.id, at=now, actor=actor, changed=sorted(changes))


def retire(session: Session, provider: RightsProvider, actor: str, now: datetime) -> None:
    """Ask it no more; what it answered stays, its token goes."""
    provider.retired_at, provider.token = now, None
    journal.record(session, "provider.retired", provider.id, at=now, actor=actor)


def _check(provider: RightsProvider) -> None:
    faults = []
    if provider.kind == APDS and not (provider.base_url and provider.token):
        faults += [("/base_url", "An APDS provider needs its address and an access token.")]
    if provider.kind == LIST and (provider.base_url or provider.token):
        faults += [("/base_url", "A list has neither address nor access token.")]
    if provider.kind == APDS and provider.about_bays and provider.place_by != "bay":
        words = "Who knows zones only can't be asked about a bay: a right there may be any car's."
        faults += [("/about_bays", words)]
    if faults:
        errors = [{"pointer": pointer, "detail": words} for pointer, words in faults]
        raise Invalid(faults[0][1], errors=errors)


def told(provider: RightsProvider, now: datetime) -> dict[str, Any]:
    """A provider as people see it, with its state; never its token."""
    shown = {c.key: getattr(provider, c.key) for c in RightsProvider.__table__.columns if c.key != "token"}
    return shown | {"has_token": provider.token is not None, "state": breaker_of(provider).state(now)}


def trial(
    provider: RightsProvider, place: str | None, plate: str | None, now: datetime
) -> tuple[Line, Question]:
    """A call that tries a provider out."""
    if provider.kind != APDS:
        raise Invalid("Only a provider with an address can be tried; a list is in our own database.")
    line = Line(
        provider.id, provider.name, provider.base_url or "", provider.token or "", provider.timeout_seconds
    )
    return line, Question(now, (place,) if place else (), plate)
