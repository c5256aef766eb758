"""What a replay posts, and when: every recorded overstay of the day, or a named reason why not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .recorded_day import RecordedOverstay

AFTER_FREE = timedelta(seconds=1)  # at one moment "free" wins, so the next car comes a second later


@dataclass(frozen=True, slots=True)
class Hours:
    """The part of a day that is replayed: [start, end), aware; `midnight` is the local one before it."""

    midnight: datetime
    start: datetime
    end: datetime

    @classmethod
    def of(cls, day: date, zone: ZoneInfo, start: time, end: time) -> "Hours":
        midnight, first, last = (datetime.combine(day, at, zone) for at in (time(), start, end))
        return cls(midnight, first, last)

    def at(self, minutes: int) -> datetime:
        """So many minutes after local midnight."""
        return self.midnight + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Posted:
    """An overstay to post: over at `over_at` since `since`, free at `left_at` if that is replayed."""

    bay: str
    since: datetime
    over_at: datetime
    left_at: datetime


@dataclass(frozen=True, slots=True)
class Posting:
    """One reading to post when it falls due."""

    due: datetime
    bay: str
    over_since: datetime | None

    @property
    def reading(self) -> dict[str, str]:
        said = {"sensor": sensor_of(self.bay), "at": self.due.isoformat()}
        if self.over_since is None:
            return {**said, "state": "free"}
        return {**said, "state": "over", "since": self.over_since.isoformat()}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The overstays to post, and of the others how many for which reason."""

    recorded: int
    posted: tuple[Posted, ...]
    excluded: Counter[str]

    def postings(self, end: datetime) -> Iterator[Posting]:
        """All readings before `end`, in order of time."""
        over = [Posting(each.over_at, each.bay, each.since) for each in self.posted]
        free = [Posting(each.left_at, each.bay, None) for each in self.posted if each.left_at < end]
        yield from sorted(over + free, key=lambda posting: (posting.due, posting.bay))


def sensor_of(bay: str) -> str:
    """The reference of the sensor that a replay puts in a bay."""
    return f"BAY-{bay}"


def schedule(overstays: Sequence[RecordedOverstay], hours: Hours) -> Schedule:
    """Sort out a day's overstays, given in the order in which they began."""
    excluded: Counter[str] = Counter()
    posted: list[Posted] = []
    last_left: dict[str, datetime] = {}
    for each in overstays:
        since, left_at = hours.at(each.vio_min), hours.at(each.dep_min)
        reason = _why_not(since, left_at, last_left.get(each.bay), hours)
        if reason:
            excluded[reason] += 1
            continue
        over_at = max(since, hours.start)
        if over_at == last_left.get(each.bay):
            over_at += AFTER_FREE
        last_left[each.bay] = left_at
        posted.append(Posted(each.bay, since, over_at, left_at))
    return Schedule(len(overstays), tuple(posted), excluded)


def _why_not(since: datetime, left_at: datetime, last_left: datetime | None, hours: Hours) -> str | None:
    if left_at <= hours.start:
        return f"left before {hours.start:%H:%M}"
    if since >= hours.end:
        return f"began after {hours.end:%H:%M}"
    if last_left is not None and since < last_left:
        return "overlaps another record of its bay"
    return None
