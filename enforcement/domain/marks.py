"""What a map shows at a bay: one mark, from what sensors say of it and what is to be done there."""

from collections.abc import Sequence
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
    """An open task about a car in the bay. `seen_at`: when an officer saw it, where no sensor did."""

    overstay_from: datetime
    lawful_from: datetime
    lawful_until: datetime | None = None
    may_have_left_at: datetime | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a bay. `state` is its sensor's last word (free, occupied, None: never heard of),
    `unknown_at` since when that is too old to count; arrival and departure are those of its last car,
    `suspended_from` is set while a suspension is in force. `work` is about that last car, or one that an officer saw.
    """

    state: str | None
    unknown_at: datetime | None = None
    arrived_at: datetime | None = None
    departed_at: datetime | None = None
    suspended_from: datetime | None = None
    work: Sequence[Work] = ()


Marked = tuple[Mark, datetime | None]


def mark(bay: Seen, now: datetime) -> Marked:
    """The mark and since when it holds, None where nobody knows.

    Over and lawful are for work that is still to be done: a car that was dealt with, or may stay, is a car in a
    bay. Of a silent sensor nothing is believed, of an officer everything. A suspension is shown where no car is
    known to be in the bay.
    """
    by_eye = [work for work in bay.work if work.seen_at]
    left = [work.may_have_left_at for work in bay.work if work.may_have_left_at]
    known = bay.state if bay.unknown_at is None else None
    if left and not by_eye:
        return Mark.MAY_HAVE_LEFT, min(left)
    if known == "occupied":
        return _late(bay.work, now) or (Mark.OCCUPIED, bay.arrived_at)
    if by_eye:
        return _late(by_eye, now) or (Mark.OCCUPIED, min(filter(None, (work.seen_at for work in by_eye))))
    if bay.suspended_from:
        return Mark.SUSPENDED, bay.suspended_from
    return (Mark.FREE, bay.departed_at) if known == "free" else (Mark.UNKNOWN, bay.unknown_at)


def _late(works: Sequence[Work], now: datetime) -> Marked | None:
    """None before the overstay, at a first look, and when the controlled hours are over."""
    counts = [
        work
        for work in works
        if work.overstay_from <= now and (work.lawful_until is None or now < work.lawful_until)
    ]
    if lawful := [work.lawful_from for work in counts if work.lawful_from <= now]:
        return Mark.LAWFUL, min(lawful)
    return (Mark.OVER, min(work.overstay_from for work in counts)) if counts else None
