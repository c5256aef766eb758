"""When a bay's controlled hours end, from the days that may be learned from: overstays end with them, to the minute.

A recording of overstays has no signs. But where a sign's hours end, all overstays that lasted until then end in
the same minute, and that is seen on past days: at the bay itself, else along its kerb, else all over the area.
"""

from collections import Counter
from collections.abc import Hashable, Iterator
from datetime import date

from .ground import Ground
from .past import Past, PastOverstay

QUARTER = 15 * 60  # what signs say
AT_THE_BAY, ALONG_THE_KERB, IN_THE_AREA = 1, 3, 10  # overstays that must have lasted until then
MOST = 0.8  # of them ended with it
OFTEN = 10  # ends in the area that make a quarter of an hour worth asking about

Group = tuple[Hashable, str, int]


class Closing:
    """What the past says of when overstays end because their bay is no longer controlled."""

    def __init__(self, past: Past, streets: Ground) -> None:
        self._streets = streets
        ends = Counter(each.left for each in past.overstays)
        self._quarters = sorted(at for at, often in ends.items() if often >= OFTEN and at % QUARTER == 0)
        self._lasted: Counter[Group] = Counter()
        self._ended: Counter[Group] = Counter()
        for each in past.overstays:
            self._count(each)

    def ends(self, day: date, bay: str, over_since: int) -> int | None:
        """Seconds after midnight at which this overstay ends if its car stays; None where nothing is known."""
        later = (at for at in self._quarters if at > over_since)
        return next((at for at in later if self._closes(day, bay, at)), None)

    def _closes(self, day: date, bay: str, at: int) -> bool:
        for group, enough in self._groups(day, bay, at):
            if self._lasted[group] >= enough:
                return self._ended[group] >= MOST * self._lasted[group]
        return False

    def _count(self, each: PastOverstay) -> None:
        for at in self._quarters:
            if each.over_since < at <= each.left:
                for group, _ in self._groups(each.day, each.bay, at):
                    self._lasted[group] += 1
                    self._ended[group] += each.left == at

    def _groups(self, day: date, bay: str, at: int) -> Iterator[tuple[Group, int]]:
        kind = "Saturday" if day.isoweekday() == 6 else "Sunday" if day.isoweekday() == 7 else "weekday"
        yield (bay, kind, at), AT_THE_BAY
        yield (self._streets.kerb_of.get(bay), kind, at), ALONG_THE_KERB
        yield ("area", kind, at), IN_THE_AREA
