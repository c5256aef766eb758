"""What a map shows at a bay: one mark, from what sensors say of it and what is to be done there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Mark(StrEnum):
    """Each has a shape and a word of its own on the pages."""

    FREE = "free"
    OCCUPIED = "occupied"
    OVER = "over"
    LAWFUL = "lawful"
    MAY_HAVE_LEFT = "may-have-left"
    UNKNOWN = "unknown"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Work:
    """The open task about the car that is, or was last, in the bay."""

    overstay_from: datetime
    lawful_from: datetime
    lawful_until: datetime | None = None
    may_have_left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a bay. `state` is its sensor's last word (free, occupied, None: never heard of),
    `unknown_at` since when that is too old to count; arrival and departure are those of its last car,
    `suspended_from` is set while a suspension is in force.
    """

    state: str | None
    unknown_at: datetime | None = None
    arrived_at: datetime | None = None
    departed_at: datetime | None = None
    suspended_from: datetime | None = None
    work: Work | None = None


Marked = tuple[Mark, datetime | None]


def mark(bay: Seen, now: datetime) -> Marked:
    """The mark and since when it holds, None where nobody knows.

    Over and lawful are for work that is still to be done: a car that was dealt with, or may stay, is a car in a
    bay. Of a silent sensor nothing is believed. A suspension is shown where no car is known to be in the bay.
    """
    if bay.work and bay.work.may_have_left_at:
        return Mark.MAY_HAVE_LEFT, bay.work.may_have_left_at
    known = bay.state if bay.unknown_at is None else None
    if known == "occupied":
        return (_late(bay.work, now) if bay.work else None) or (Mark.OCCUPIED, bay.arrived_at)
    if bay.suspended_from:
        return Mark.SUSPENDED, bay.suspended_from
    return (Mark.FREE, bay.departed_at) if known == "free" else (Mark.UNKNOWN, bay.unknown_at)


def _late(work: Work, now: datetime) -> Marked | None:
    """None before the overstay, at a first look, and when the controlled hours are over."""
    if now < work.overstay_from or (work.lawful_until and now >= work.lawful_until):
        return None
    return (Mark.LAWFUL, work.lawful_from) if now >= work.lawful_from else (Mark.OVER, work.overstay_from)
