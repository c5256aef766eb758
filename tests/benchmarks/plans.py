"""A plan for a big city's evening, against the optimum of the same table."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
from scipy.optimize import linear_sum_assignment

from enforcement.adapters.planner import PlannerProcess
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import PATIENCE_SECONDS, OfficerNow, TaskNow
from enforcement.domain.dwell import PRIOR

from .harness import Figure, Figures, Tell, at_most, case, in_process

NOW = datetime(2026, 6, 29, 18, tzinfo=UTC)
SIDE = 0.1  # degrees of the city
ZONES = 40
ROUNDS = 5
PATIENCE = 60.0  # seconds
WORST = 0.99  # of the optimum


@case("plan-500x10k", tiny={"officers": 5, "tasks": 40})
def plans(tell: Tell, officers: int = 500, tasks: int = 10_000) -> Figures:
    """Through the planner's own process, as the worker asks it; the limit is the dense solver alone."""
    random = Random(1)
    people = [_officer(random, number) for number in range(officers)]
    work = [_task(random, number) for number in range(tasks)]
    tell(f"{ROUNDS} plans for {officers} officers and {tasks} tasks")
    with PlannerProcess(PATIENCE) as planner:
        warm, *rounds = [
            planner.plan(people, work, StraightLine(), NOW, PRIOR.chances) for _ in range(1 + ROUNDS)
        ]
    if warm.fault:
        raise RuntimeError(warm.fault)
    best, dense = in_process(_optimum, people, work)
    reached = sum(proposal.expected_value for proposal in warm.proposals)
    if reached < WORST * best:
        raise RuntimeError(f"the plan is worth {reached:.2f}, the optimum {best:.2f}")
    seconds = sorted(each.seconds for each in rounds)[ROUNDS // 2]
    yield Figure("plan-500x10k", seconds, "s", dense, at_most(1.0))


def _officer(random: Random, number: int) -> OfficerNow:
    """In three zones, which are stripes of the city, with hours of the shift still to come."""
    first = random.randrange(ZONES - 2)
    return OfficerNow(
        id=number,
        lon=random.uniform(0, SIDE),
        lat=random.uniform(0, SIDE),
        zones=frozenset({first, first + 1, first + 2}),
        free_at=NOW,
        shift_ends=NOW + timedelta(hours=6),
    )


def _task(random: Random, number: int) -> TaskNow:
    lon = random.uniform(0, SIDE)
    return TaskNow(
        id=number,
        lon=lon,
        lat=random.uniform(0, SIDE),
        zones=frozenset({int(lon / SIDE * ZONES)}),
        value=random.uniform(0.1, 10.0),
        lawful_from=NOW + timedelta(minutes=random.uniform(-60, 20)),
        until=None,
        minutes_over=random.uniform(0, 60),
    )


def _optimum(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> tuple[float, float]:
    """The most that any plan can be worth, and the seconds that the dense solver took to find it."""
    walk = StraightLine().seconds(_places(officers), _places(tasks))
    lawful = np.array([(task.lawful_from - NOW).total_seconds() for task in tasks])
    begin = np.maximum(walk, lawful)
    over = np.broadcast_to([task.minutes_over for task in tasks], begin.shape)
    chance = PRIOR.chances(over.ravel(), begin.ravel() / 60).reshape(begin.shape)
    worth = np.array([task.value for task in tasks]) * chance * np.exp(-begin / PATIENCE_SECONDS)
    zones = np.array([next(iter(task.zones)) for task in tasks])
    worth *= np.array([np.isin(zones, list(officer.zones)) for officer in officers])
    began = time.perf_counter()
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return float(worth[rows, columns].sum()), time.perf_counter() - began


def _places(things: Sequence[OfficerNow] | Sequence[TaskNow]) -> np.ndarray:
    return np.array([(thing.lon, thing.lat) for thing in things])
