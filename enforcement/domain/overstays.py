"""The clock: when a stay outlasts what the bay allows, and when a penalty could first be lawful.

Time runs in the controlled hours that no suspension interrupts. All times are aware UTC.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .codes import contravention
from .hours import HORIZON, ControlledHours, Span
from .policy import EnforcementPolicy, Reason, presence_only

SUSPENDED_CODES = {"on": "21", "off": "78"}


@dataclass(frozen=True, slots=True)
class Restriction:
    """What a bay allows. `code` and `suffix` name the contravention of a car that stays too long.

    `bay_class` is what the bay is for ("limited-waiting", "paid", "permit", "disabled", "loading", …).
    `carried`: the order lets the permitted period run on from one controlled interval into the next.
    """

    bay_class: str
    hours: ControlledHours
    permitted_period: timedelta
    code: str
    suffix: str
    reason: Reason
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """A bay taken out of use in [starts, ends). `sign_up_at` is when the sign went up, if known."""

    starts: datetime
    ends: datetime
    sign_up_at: datetime | None = None

    def forewarns(self, came_at: datetime) -> bool:
        """Could who parked at this time have read the sign? Where nobody said when it went up, yes."""
        return self.sign_up_at is None or came_at >= self.sign_up_at


@dataclass(frozen=True, slots=True)
class Overstay:
    """A stay past its permitted period.

    `overstay_from` is the end of the permitted period. A penalty could be lawful in
    [lawful_from, lawful_until); None is no end within eight days.
    """

    overstay_from: datetime
    lawful_from: datetime
    lawful_until: datetime | None
    code: str
    suffix: str
    reason: Reason


def overstay_of(
    arrived_at: datetime,
    rule: Restriction,
    policy: EnforcementPolicy,
    suspensions: Sequence[Suspension] = (),
    *,
    since: datetime | None = None,
    after: datetime | None = None,
    came_at: datetime | None = None,
) -> Overstay | None:
    """The first overstay of a car that stays on, or None if there is none within eight days.

    `arrived_at` starts the clock; `came_at` is when the car first may have stood there, if that was earlier: a sensor
    that lost sight of it for a moment restarts its clock, and says nothing of what its driver could have read.

    `since` is a network's own claim that the car is over its time; it stands in for our clock.
    `after` asks for the first overstay that is not yet past at that time: a car may be over its time
    on one day, within it overnight, and over it again on the next.
    """
    latest = max(arrived_at, after or arrived_at)
    found = [
        *_in_suspensions(arrived_at, came_at or arrived_at, rule, suspensions),
        *by_the_clock(arrived_at, rule, policy, suspensions, since, latest + HORIZON),
    ]
    standing = [each for each in found if not after or not each.lawful_until or each.lawful_until > after]
    return min(standing, key=lambda each: each.lawful_from, default=None)


def _in_suspensions(
    arrived_at: datetime, came_at: datetime, rule: Restriction, suspensions: Iterable[Suspension]
) -> Iterator[Overstay]:
    """A car in a suspended bay, unless it was there before the sign went up."""
    code = SUSPENDED_CODES[contravention(rule.code).street]
    for each in suspensions:
        begin = max(arrived_at, each.starts)
        if each.forewarns(came_at) and begin < each.ends:
            yield Overstay(begin, begin, each.ends, code, "", Reason.SUSPENDED)


def by_the_clock(
    arrived_at: datetime,
    rule: Restriction,
    policy: EnforcementPolicy,
    suspensions: Sequence[Suspension],
    since: datetime | None,
    horizon: datetime,
) -> Iterator[Overstay]:
    """The overstays by the restriction itself (or by the network's claim), in order."""
    if not policy.enabled(rule.code, rule.reason):
        return
    start = arrived_at if since is None else max(arrived_at, since)
    period = timedelta() if since else _period(rule, policy)
    spans = _without(suspensions, rule.hours.intervals(start, horizon))
    run = _carried if rule.carried else _afresh
    for over_from, lawful_from, end in run(spans, period, policy.until_lawful(rule.reason)):
        lawful_until = end if end < horizon else None
        begin = start if since else over_from
        yield Overstay(begin, lawful_from, lawful_until, rule.code, rule.suffix, rule.reason)


def _period(rule: Restriction, policy: EnforcementPolicy) -> timedelta:
    """How long a car may stand: where presence is all that counts, the time it takes to pay."""
    return policy.time_to_pay if presence_only(rule.code, rule.reason) else rule.permitted_period


def _without(suspensions: Iterable[Suspension], spans: list[Span]) -> list[Span]:
    """The spans less the suspensions: while the bay is suspended its own clock stands still."""
    for each in suspensions:
        before = [(begin, min(end, each.starts)) for begin, end in spans]
        later = [(max(begin, each.ends), end) for begin, end in spans]
        spans = sorted((begin, end) for begin, end in before + later if begin < end)
    return spans


def _afresh(
    spans: Iterable[Span], period: timedelta, margin: timedelta
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Per span in which it comes so far: the end of the period, the first lawful moment, the span's end."""
    for begin, end in spans:
        if begin + period + margin < end:
            yield begin + period, begin + period + margin, end


def _carried(
    spans: Iterable[Span], period: timedelta, margin: timedelta
) -> Iterator[tuple[datetime, datetime, datetime]]:
    """The same, with time adding up across the spans."""
    used, over_from = timedelta(), None
    for begin, end in spans:
        if over_from is None and begin + period - used <= end:
            over_from = begin + period - used
        lawful_from = max(begin, begin + period + margin - used)
        if over_from is not None and lawful_from < end:
            yield over_from, lawful_from, end
        used += end - begin
