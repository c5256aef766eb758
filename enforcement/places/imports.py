"""What all files have in common: what was taken, what was refused and why.

Each item stands or falls by itself; `strict` makes it all or nothing.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from ..domain.refusals import Invalid, Refusal

T = TypeVar("T")
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


def each(
    items: Sequence[Any], name: Callable[[Any], str], read: Callable[[Any], T]
) -> tuple[list[tuple[int, str, T]], list[Faulty]]:
    """What `read` makes of each item, behind its place and its reference; and those that it refuses, or that stand
    there a second time."""
    answers: dict[str, tuple[int, str, T]] = {}
    refused: list[Faulty] = []
    for index, item in enumerate(items):
        called = name(item).strip()[:LONGEST_TEXT]
        try:
            if called in answers:
                raise Invalid(f"{called!r} stands more than once in this file")
            answers[called] = index, called, read(item)
        except Refusal as refusal:
            refused.append(Faulty(index, called, refusal.detail))
    return list(answers.values()), refused


def all_or_nothing(session: Session, refused: Sequence[Faulty], items: int) -> None:
    """Raise AllOrNothing where any of so many items was refused: then nothing was taken."""
    if refused:
        session.rollback()
        raise AllOrNothing(
            f"{len(refused)} of {items} are faulty, and you asked for all or nothing.",
            refused=[asdict(fault) for fault in refused],
        )


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
