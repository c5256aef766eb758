"""The days that a policy may learn from, and those on which it is measured: never the same."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ..recorded_day import RecordedArea, RecordedOverstay


@dataclass(frozen=True, slots=True)
class Past:
    """The overstays of days that are over, with how they ended. Arrivals are not in it."""

    days: tuple[date, ...]
    overstays: tuple["PastOverstay", ...]


@dataclass(frozen=True, slots=True)
class PastOverstay:
    """Seconds after local midnight of its day. The bay may be of another area.

    Unless it was `seen_to_leave`, the car was there until `left` at least.
    """

    day: date
    bay: str
    over_since: int
    left: int
    seen_to_leave: bool = True


def past_without(area: RecordedArea, measured: Collection[date]) -> Past:
    """What may be learned from an area's days when these are the ones to be measured."""
    kept = [overstay for overstay in area.overstays if overstay.day not in measured]
    return Past(tuple(sorted({each.day for each in kept})), tuple(_over(each) for each in kept))


def _over(overstay: RecordedOverstay) -> PastOverstay:
    return PastOverstay(overstay.day, overstay.bay, overstay.vio_min * 60, overstay.dep_min * 60)
