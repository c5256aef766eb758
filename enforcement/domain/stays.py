"""Readings → stays: one bay's assertions, folded in event time.

The result depends on the set of assertions alone, never on how often or in which order they came:
they are sorted, and those of one moment are merged into one before the fold sees them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from itertools import groupby
from uuid import UUID

from .readings import Assertion, State


@dataclass(frozen=True, slots=True)
class Stay:
    """One vehicle in one bay.

    `arrived_at` is the first report of the car: the late end of the interval in which it came, which
    is in the motorist's favour; `arrived_after` is the last report without it, None if there is none.
    `counted_from` starts the clock: later than `arrived_at` after a possible swap of cars.
    `claimed_since` is a network's own claim that the car is over its time.
    """

    arrived_at: datetime
    arrived_after: datetime | None
    counted_from: datetime
    claimed_since: datetime | None = None
    departed_at: datetime | None = None
    possible_swap: bool = False

    def overlaps(self, other: "Stay") -> timedelta:
        """How long both were there; negative if they never met."""
        starts = max(self.arrived_at, other.arrived_at)
        ends = min(self.departed_at or FOR_EVER, other.departed_at or FOR_EVER)
        return ends - starts


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a fold stands: the last stay, open or closed, and the last report that the bay was free."""

    stay: Stay | None = None
    last_free_at: datetime | None = None


FOR_EVER = datetime.max.replace(tzinfo=UTC)
NOTHING_YET = Tail()


def fold(
    assertions: Iterable[Assertion], debounce: timedelta, tail: Tail = NOTHING_YET
) -> tuple[list[Stay], Tail]:
    """The stays that these assertions tell of, oldest first, and where the fold stands after them.

    `tail` is where an earlier fold stood; all assertions must then be later than what it has seen.
    The tail's own stay, if there is one, is the first of the result.
    """
    stays = [tail.stay] if tail.stay else []
    last_free_at = tail.last_free_at
    for now in merged(assertions):
        here = stays[-1] if stays else None
        if now.state is State.FREE:
            if here and here.departed_at is None:
                stays[-1] = replace(here, departed_at=now.at)
            last_free_at = now.at
        elif here is None:
            stays.append(_arrival(now, last_free_at))
        elif here.departed_at is None:
            stays[-1] = _seen_again(here, now, last_free_at)
        elif now.at - here.departed_at <= debounce:
            stays[-1] = _swapped(here, now, last_free_at)
        else:
            stays.append(_arrival(now, last_free_at))
    return stays, Tail(stays[-1] if stays else None, last_free_at)


def merged(assertions: Iterable[Assertion]) -> list[Assertion]:
    """One assertion a moment, in order of time; of several at one moment "free" wins, then "over"."""
    about_bay = (a for a in assertions if a.state is not State.DEVICE)
    return [_strongest(list(same)) for _, same in groupby(sorted(about_bay, key=_at), key=_at)]


def _at(assertion: Assertion) -> datetime:
    return assertion.at


def _strongest(same_moment: Sequence[Assertion]) -> Assertion:
    by_state = {a.state: a for a in sorted(same_moment, key=lambda a: a.since or a.at)}
    return by_state.get(State.FREE) or by_state.get(State.OVER) or by_state[State.OCCUPIED]


def _arrival(now: Assertion, last_free_at: datetime | None) -> Stay:
    claim = _claim(now, last_free_at)
    arrived_at = claim or now.at
    return Stay(arrived_at, last_free_at, counted_from=arrived_at, claimed_since=claim)


def _seen_again(stay: Stay, now: Assertion, last_free_at: datetime | None) -> Stay:
    """A repeated report; of several claims the latest counts, in the motorist's favour."""
    claims = [c for c in (stay.claimed_since, _claim(now, last_free_at)) if c]
    return replace(stay, claimed_since=max(claims)) if claims else stay


def _swapped(stay: Stay, now: Assertion, last_free_at: datetime | None) -> Stay:
    """Free and taken again at once: one stay, but it may be another car, so its clock restarts."""
    return replace(
        stay,
        departed_at=None,
        possible_swap=True,
        counted_from=now.at,
        claimed_since=_claim(now, last_free_at),
    )


def _claim(now: Assertion, last_free_at: datetime | None) -> datetime | None:
    """A network's claim, unless the bay was seen free after the time it names."""
    if now.state is not State.OVER or now.since is None:
        return None
    return now.since if last_free_at is None or now.since >= last_free_at else None


class Hold(IntEnum):
    """What hangs on a recorded stay; of two that turn out to be one car's, the stronger keeps its id."""

    NONE = 0
    ENDED = 1  # a task that was withdrawn before anybody saw the car
    OPEN = 2  # a task that somebody may be walking to
    SEEN = 3  # a sighting or an outcome


@dataclass(frozen=True, slots=True)
class Recorded:
    """A stay as it was recorded before, and what hangs on it.

    `there_at` is a moment at which the recorded car was in the bay: its last sighting, the start of the
    overstay that a task was about, or its arrival. None: the car that is there now is meant, as by a task
    that nobody has looked at yet. `standing` is False for a stay that was superseded.
    """

    id: UUID
    stay: Stay
    hold: Hold = Hold.NONE
    there_at: datetime | None = None
    standing: bool = True

    def fits(self, new: Stay) -> tuple[bool, timedelta]:
        """How well a folded stay can be this one's car: it was there at the moment that counts, and for long."""
        ends = new.departed_at or FOR_EVER
        there = self.there_at is not None and new.arrived_at <= self.there_at < ends
        return there, new.overlaps(self.stay)


def reconcile(
    recorded: Iterable[Recorded], folded: Sequence[Stay]
) -> tuple[list[tuple[UUID | None, Stay]], list[UUID]]:
    """Which folded stay carries on which recorded one, and which standing ones are superseded.

    Those on which most hangs choose first, and of these the ones whose car is known to have been there, so that
    a late report never takes a case away from its car. One that was superseded carries on again where reports
    bear it out after all and nothing as strong is known to have been there.
    """
    carried: dict[int, UUID] = {}
    superseded = []
    for old in sorted(recorded, key=lambda old: _choosing_first(old, folded)):
        fits = {i: old.fits(new) for i, new in enumerate(folded) if i not in carried}
        met = [i for i, (there, overlap) in fits.items() if there or overlap > timedelta(0)]
        if met:
            carried[max(met, key=lambda i: (fits[i], -i))] = old.id
        elif old.standing:
            superseded.append(old.id)
    return [(carried.get(i), stay) for i, stay in enumerate(folded)], superseded


def _choosing_first(old: Recorded, folded: Sequence[Stay]) -> tuple[int, bool, bool, datetime, UUID]:
    there = any(old.fits(new)[0] for new in folded)
    return (-old.hold, not there, not old.standing, old.stay.arrived_at, old.id)
