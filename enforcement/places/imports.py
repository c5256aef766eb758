"""Zones from files, and what all files have in common: what was taken, what was refused and why.

Each item stands or falls by itself; `strict` makes it all or nothing.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..adapters.tables import Zone
from ..domain.refusals import Invalid, Refusal
from .zones import Drawn, add_zone, outline_from, redraw_zone

COLOURS = ("#005a5b", "#6b4200", "#0a5c36", "#44545d", "#9c1c1c")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LONGEST_TEXT = 200
UNFIT = re.compile("[\0\ud800-\udfff]")  # what PostgreSQL can't keep


class Unreadable(Refusal):
    """The file is not what it should be; nothing was taken."""

    status, type, title = 400, "unreadable", "The file can't be read"


class AllOrNothing(Refusal):
    """A strict import with a fault: nothing was taken."""

    status, type, title = 422, "all-or-nothing", "Nothing was imported"


@dataclass(frozen=True, slots=True)
class Faulty:
    """An item that was refused: its place in the file (from 0), its reference as far as known, and why."""

    index: int
    reference: str
    detail: str


@dataclass(slots=True)
class Imported:
    """What became of a file."""

    taken: int = 0
    updated: int = 0
    refused: list[Faulty] = field(default_factory=list)


def zones(session: Session, body: bytes, actor: str, now: datetime, *, strict: bool = False) -> Imported:
    """A GeoJSON FeatureCollection of zones: Polygon; properties name and, if you like, colour (#rrggbb) and hours.

    A zone that is known keeps the colour and the hours that its feature does not name; hours of null are always.
    """
    known = {zone.name: zone for zone in _all(session, Zone) if not zone.retired_at}

    def take(feature: dict[str, Any]) -> bool:
        says = properties_of(feature)
        name, colour = text_in(says, "name", 100), _colour(says)
        outline = outline_from(feature.get("geometry"), "/geometry")
        zone = known.get(name)
        if zone is None:
            colour = colour or COLOURS[len(known) % len(COLOURS)]
            drawn = Drawn(name, colour, outline, _hours(says, None))
            known[name] = add_zone(session, drawn, actor, now)
            return True
        drawn = Drawn(name, colour or zone.colour, outline, _hours(says, zone.hours))
        redraw_zone(session, zone.id, zone.version, drawn, actor, now)
        return False

    return _each(session, features_in(body), lambda f: str(properties_of(f).get("name", "")), take, strict)


def _colour(says: dict[str, Any]) -> str | None:
    colour = says.get("colour")
    if colour is not None and not (isinstance(colour, str) and COLOUR.fullmatch(colour)):
        raise Invalid("colour must be #rrggbb")
    return colour


def _hours(says: dict[str, Any], known: str | None) -> str | None:
    if says.get("hours", known) is None:
        return None
    return text_in(says, "hours", 1000) if "hours" in says else known


def _each(
    session: Session,
    items: Sequence[Any],
    name: Callable[[Any], str],
    take: Callable[[Any], bool],
    strict: bool,
) -> Imported:
    """Take each item (`take` says whether it is new) or note why not; one that fails leaves nothing behind."""
    result = Imported()
    seen: set[str] = set()
    for index, item in enumerate(items):
        called = name(item).strip()[:LONGEST_TEXT]
        try:
            if called in seen:
                raise Invalid(f"{called!r} stands more than once in this file")
            with session.begin_nested():
                new = take(item)
            seen.add(called)
            result.taken += new
            result.updated += not new
        except Refusal as refusal:
            result.refused.append(Faulty(index, called, refusal.detail))
    if strict:
        all_or_nothing(session, result, len(items))
    return result


def all_or_nothing(session: Session, result: Imported, items: int) -> None:
    """Raise AllOrNothing where any of so many items was refused: then nothing was taken."""
    if result.refused:
        session.rollback()
        raise AllOrNothing(
            f"{len(result.refused)} of {items} are faulty, and you asked for all or nothing.",
            refused=[asdict(fault) for fault in result.refused],
        )


def _all(session: Session, table: Any) -> list[Any]:
    return list(session.scalars(select(table).where(table.authority_id == session.info["authority_id"])))


def features_in(body: bytes) -> list[Any]:
    """The features of a GeoJSON FeatureCollection, whatever they are. Raises Unreadable."""
    try:
        document = json.loads(body)
    except json.JSONDecodeError as error:
        words = f"It is not JSON: line {error.lineno}, character {error.colno}: {error.msg}."
        raise Unreadable(words) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"It is not JSON: {error}"[:300]) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise Unreadable("It is not a GeoJSON FeatureCollection.")
    return features


def properties_of(feature: Any) -> dict[str, Any]:
    """What a feature says of itself; nothing, if it is none."""
    says = feature.get("properties") if isinstance(feature, dict) else None
    return says if isinstance(says, dict) else {}


def text_in(says: dict[str, Any], name: str, longest: int = LONGEST_TEXT) -> str:
    """The text that a row gives by this name, without the space around it. Raises Invalid."""
    value = says.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Invalid(f"{name} is missing" if value in (None, "") else f"{name} must be a text")
    if len(value) > longest:
        raise Invalid(f"{name} is longer than {longest} characters")
    if UNFIT.search(value):
        raise Invalid(f"{name} holds a NUL or half a character")
    return value.strip()
