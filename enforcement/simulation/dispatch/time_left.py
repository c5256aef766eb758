"""How long a measurement will take still, from how long its days took so far."""

from collections.abc import Iterable
from statistics import fmean

Part = tuple[str, int]
"""A policy with so many officers."""


class TimeLeft:
    """Seconds that a day takes are learned part by part; a day with more officers takes so many times longer."""

    def __init__(self) -> None:
        self._took: dict[Part, list[float]] = {}

    def took(self, part: Part, seconds: float) -> None:
        self._took.setdefault(part, []).append(seconds)

    def seconds(self, left: Iterable[tuple[Part, int]]) -> float | None:
        """For so many days of each part; None while nothing is known of one of them."""
        expected = [days * each for part, days in left if days and (each := self._a_day(part)) is not None]
        wanted = [part for part, days in left if days]
        return sum(expected) if len(expected) == len(wanted) else None

    def _a_day(self, part: Part) -> float | None:
        policy, officers = part
        known = {other[1]: fmean(took) for other, took in self._took.items() if other[0] == policy}
        if not known:
            return None
        most = officers if officers in known else max(known)
        return known[most] * officers / most


def in_words(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < 90:
        return f", about {max(1, round(seconds))} s left"
    return f", about {round(seconds / 60)} min left"
