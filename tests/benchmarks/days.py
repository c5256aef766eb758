"""A recorded day through the whole line, 120 times as fast as it was, and its account."""

import time
from datetime import date
from datetime import time as time_of_day
from pathlib import Path
from statistics import median

from enforcement.simulation.push_receiver import PushReceiver
from enforcement.simulation.recorded_day import read_area
from enforcement.simulation.replay import Wanted, replay
from enforcement.simulation.stack import Stack

from .floors import Floors
from .harness import Figure, Figures, Tell, at_most, case
from .line import in_background

AREAS = Path(__file__).parents[3] / "shared" / "data" / "melbourne"
DAY = date(2016, 11, 8)
OFFICERS = 12  # so that for most tasks somebody is free


@case(
    "replay-day",
    tiny={
        "area": "queensberry",
        "start": time_of_day(9),
        "end": time_of_day(10, 20),
        "speed": 240.0,
        "durable": False,
        "idle": 2.0,
    },
)
def replay_day(
    tell: Tell,
    area: str = "docklands",
    start: time_of_day = time_of_day(7),
    end: time_of_day = time_of_day(19),
    speed: float = 120.0,
    durable: bool = True,
    idle: float = 20.0,
) -> Figures:
    """The median from a posted overstay to its push where an officer was free; only of a day that adds up.

    The limit: a commit, a bell and a push of the one who hears it, `idle` seconds long, with nothing else running.
    """
    wanted = Wanted(DAY, start=start, end=end, speed=speed, officers=OFFICERS, durable=durable)
    report = replay(read_area(AREAS / area), wanted, tell)
    found = report.to_push_at_once.median
    if report.faults or found is None:
        raise RuntimeError("; ".join(report.faults) or "no task was raised while an officer was free")
    tell("the same, bare")
    yield Figure("replay-day", 1000 * found, "ms", 1000 * _bare(idle, durable), at_most(150))


def _bare(seconds: float, durable: bool) -> float:
    with PushReceiver() as push, Stack(durable=durable) as stack:
        floors = Floors(stack, push)
        with in_background(floors.keep, floors.send):
            time.sleep(seconds)
    floors.settle()
    return median(floors.push)
