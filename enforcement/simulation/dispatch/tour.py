"""A short closed tour past every kerb: the round of a patrol that has no sensors.

It is a travelling salesman's tour on directed walks, found by local search: a segment moves elsewhere
(Or 1976), a segment is walked the other way round (2-opt, which costs anew on directed walks), and when neither
helps, a double bridge (Martin, Otto & Felten 1991) shakes the best tour found so far. Passing a kerb on the
way to another costs nothing more than passing it in order, so the best such tour is the shortest patrol.
"""

from random import Random

import numpy as np
from numpy.typing import NDArray

LONGEST_MOVED = 3
LONGEST_SHAKEN = 25
SHAKES = 600
STARTS = 5

Ints = NDArray[np.int64]


def short_tour(seconds: Ints, seed: int = 1) -> list[int]:
    """The kerbs in the order of the tour, from kerb 0. `seconds[i, j]`: from kerb i to kerb j."""
    if len(seconds) < 4:
        return list(range(len(seconds)))
    random = Random(seed)
    starts = random.sample(range(len(seconds)), min(STARTS, len(seconds)))
    tours = [_improved(_by_nearest(seconds, start), seconds) for start in starts]
    best = min(tours, key=lambda tour: tour_seconds(tour, seconds))
    for _ in range(SHAKES):
        tried = _improved(_shaken(best, random), seconds)
        if tour_seconds(tried, seconds) < tour_seconds(best, seconds):
            best = tried
    first = best.index(0)
    return best[first:] + best[:first]


def tour_seconds(tour: list[int], seconds: Ints) -> int:
    """How long one round takes."""
    return int(seconds[tour, tour[1:] + tour[:1]].sum())


def _by_nearest(seconds: Ints, start: int) -> list[int]:
    tour, left = [start], set(range(len(seconds))) - {start}
    while left:
        here = tour[-1]
        tour.append(min(left, key=lambda kerb: (seconds[here, kerb], kerb)))
        left.remove(tour[-1])
    return tour


def _improved(tour: list[int], seconds: Ints) -> list[int]:
    """Until no move shortens it."""
    while (shorter := _segment_moved(tour, seconds) or _segment_turned(tour, seconds)) is not None:
        tour = shorter
    return tour


def _segment_moved(tour: list[int], seconds: Ints) -> list[int] | None:
    """The best segment moved to its best place; None if that gains nothing."""
    way = np.array(tour)
    longest = min(LONGEST_MOVED, len(tour) - 2)
    gains = [_gains(way, seconds, long) for long in range(1, longest + 1)]
    long = int(np.argmax([gain.max() for gain in gains])) + 1
    gain = gains[long - 1]
    first, place = np.unravel_index(int(gain.argmax()), gain.shape)
    if gain[first, place] <= 0:
        return None
    turned = [*tour[first:], *tour[:first]]
    split = (place - first) % len(tour) + 1
    return turned[long:split] + turned[:long] + turned[split:]


def _gains(way: Ints, seconds: Ints, long: int) -> Ints:
    """[i, j]: seconds won by moving the segment of this length from place i to behind place j."""
    size, places = len(way), np.arange(len(way))
    after, before = np.roll(way, -1), np.roll(way, 1)
    last, beyond = np.roll(way, 1 - long), np.roll(way, -long)
    freed = seconds[before, way] + seconds[last, beyond] - seconds[before, beyond]
    added = seconds[way[None, :], way[:, None]] + seconds[last[:, None], after[None, :]] - seconds[way, after]
    gain = freed[:, None] - added
    inside = (places[None, :] - places[:, None]) % size
    gain[(inside < long) | (inside == size - 1)] = 0
    return gain


def _segment_turned(tour: list[int], seconds: Ints) -> list[int] | None:
    """The best segment walked the other way round; None if that gains nothing."""
    way = np.array(tour)
    onward = np.concatenate([[0], np.cumsum(seconds[way[:-1], way[1:]])])
    backward = np.concatenate([[0], np.cumsum(seconds[way[1:], way[:-1]])])
    after = np.roll(way, -1)
    first, last = np.triu_indices(len(way) - 1, 1)
    first, last = first[first > 0], last[first > 0]
    old = seconds[way[first - 1], way[first]] + onward[last] - onward[first] + seconds[way[last], after[last]]
    new = (
        seconds[way[first - 1], way[last]]
        + backward[last]
        - backward[first]
        + seconds[way[first], after[last]]
    )
    best = int((new - old).argmin())
    if new[best] >= old[best]:
        return None
    i, j = first[best], last[best]
    return [*tour[:i], *tour[i : j + 1][::-1], *tour[j + 1 :]]


def _shaken(tour: list[int], random: Random) -> list[int]:
    """A double bridge: two short neighbouring pieces change places, and no piece is turned round."""
    first = random.randrange(len(tour))
    turned = tour[first:] + tour[:first]
    a, b = sorted(random.sample(range(1, min(len(tour), 2 * LONGEST_SHAKEN)), 2))
    return turned[a:b] + turned[:a] + turned[b:]
