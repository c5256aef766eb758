"""Plans for cities of growing size: how long they take, and what they are worth beside the optimum and others."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from scipy.optimize import linear_sum_assignment

from enforcement.adapters.planner import PlannerProcess, PlanResult
from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import OfficerNow, Proposal, TaskNow, nearest_first, plan
from enforcement.domain.dwell import PRIOR

from .cities import NOW, City
from .harness import Beside, Figure, Figures, Target, Tell, at_least, at_most, case, in_process, within
from .routers import Pairs, by_pyvrp, by_vroom
from .yardstick import total, worth

ROUNDS = 5
DEADLINE = 60.0  # seconds, of the planner's process and of each of the others
WORST = 99.0  # per cent of the optimum
PLAIN = City()
KINDS = {
    "anywhere": PLAIN,
    "streets": City(streets=True),
    "streets, few values": City(streets=True, few_values=True),
    "one depot": City(one_depot=True),
    "one depot, streets, few values": City(streets=True, few_values=True, one_depot=True),
}
Make = Callable[[Sequence[OfficerNow], Sequence[TaskNow]], Pairs]


@case("plan-500x10k", "plan-500x10k-value", tiny={"officers": 5, "tasks": 40})
def plan_500x10k(tell: Tell, officers: int = 500, tasks: int = 10_000) -> Figures:
    """In seconds of a plan that looks ahead, and of the assignment that it rests on in per cent of the optimum.

    Who looks ahead gives up some of what the next stops are worth by themselves for what they lead to: beside.
    """
    found = _measured(tell, officers, tasks)
    yield Figure("plan-500x10k", found.seconds, "s", found.solver_seconds, at_most(1.0), found.others)
    yield Figure("plan-500x10k-value", found.share, "%", 100.0, at_least(WORST))


@case("plan-20x300", tiny={"officers": 2, "tasks": 30})
def plan_20x300(tell: Tell, officers: int = 20, tasks: int = 300) -> Figures:
    """A real shift."""
    yield _in_ms("plan-20x300", _measured(tell, officers, tasks), at_most(50.0))


@case("plan-10x100", "plan-50x1k", "plan-100x2k", tiny={"sizes": ((2, 10), (3, 20), (4, 30))})
def growth(tell: Tell, sizes: tuple[tuple[int, int], ...] = ((10, 100), (50, 1000), (100, 2000))) -> Figures:
    """On the way there."""
    for name, (officers, tasks) in zip(("plan-10x100", "plan-50x1k", "plan-100x2k"), sizes, strict=True):
        yield _in_ms(name, _measured(tell, officers, tasks), None)


@case("plan-kinds", tiny={"officers": 5, "tasks": 40})
def kinds(tell: Tell, officers: int = 100, tasks: int = 2000) -> Figures:
    """The worst share of the optimum in cities of several kinds, one with more officers than tasks among them."""
    shares = {}
    for name, city in KINDS.items():
        tell(name)
        shares[name] = _share(*city.made(officers, tasks))
    shares["more officers than tasks"] = _share(*City(streets=True).made(officers, officers // 2))
    beside = {name: {"%": share} for name, share in shares.items()}
    yield Figure("plan-kinds", min(shares.values()), "%", 100.0, at_least(WORST), beside)


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` of a plan that looks ahead; `share`: what the assignment by itself is worth, in per cent of the
    optimum; `solver_seconds`: of the dense solver on a ready table."""

    seconds: float
    share: float
    solver_seconds: float
    others: Beside


def _measured(tell: Tell, officers: int, tasks: int) -> Measured:
    """Through the planner's own process, as the worker asks it."""
    people, work = PLAIN.made(officers, tasks)
    tell(f"{ROUNDS} plans for {officers} officers and {tasks} tasks")
    with PlannerProcess(DEADLINE) as planner:
        warm, *rounds = [_planned(planner, people, work) for _ in range(1 + ROUNDS)]
    best, seconds, solver_seconds = in_process(_optimum, people, work)
    ours = median(each.seconds for each in rounds)
    others = {
        "the dense solver, with its table": {"s": seconds, "%": 100.0},
        "openpatrol, looking ahead": {
            "s": ours,
            "%": 100 * total(_pairs(warm.proposals), people, work, NOW) / best,
        },
    }
    for name, make in OTHERS.items():
        tell(f"{officers} officers and {tasks} tasks by {name}")
        others[name] = _by(make, people, work, best)
    share = others["openpatrol, without looking ahead"]["%"]
    return Measured(ours, share, solver_seconds, others)


def _in_ms(name: str, found: Measured, target: Target | None) -> Figure:
    return Figure(name, 1000 * found.seconds, "ms", 1000 * found.solver_seconds, target, found.others)


def _planned(planner: PlannerProcess, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> PlanResult:
    made = planner.plan(officers, tasks, StraightLine(), NOW, PRIOR.chances)
    if made.fault:
        raise RuntimeError(made.fault)
    return made


def _share(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> float:
    """What the assignment by itself is worth, in per cent of the optimum."""
    value = total(in_process(_assigned, officers, tasks), officers, tasks, NOW)
    return 100 * value / in_process(_optimum, officers, tasks)[0]


def _assigned(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> Pairs:
    return _pairs(plan(officers, tasks, StraightLine(), NOW, PRIOR.chances, in_time=_no_time))


def _no_time() -> bool:
    """To look ahead."""
    return False


def _pairs(proposals: Sequence[Proposal]) -> Pairs:
    return [(proposal.officer, proposal.task) for proposal in proposals]


def _optimum(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> tuple[float, float, float]:
    """The most that any plan can be worth, and the seconds that it took: in all, and of the dense solver alone."""
    began = time.perf_counter()
    table = worth(officers, tasks, NOW)
    ready = time.perf_counter()
    rows, columns = linear_sum_assignment(table, maximize=True)
    done = time.perf_counter()
    return float(table[rows, columns].sum()), done - began, done - ready


def _nearest_first(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> Pairs:
    return _pairs(nearest_first(officers, tasks, StraightLine(), NOW))


OTHERS: Mapping[str, Make] = {
    "openpatrol, without looking ahead": _assigned,
    "nearest-first": _nearest_first,
    "VROOM": by_vroom,
    "PyVRP": by_pyvrp,
}


def _by(
    make: Make, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], best: float
) -> Mapping[str, float | None]:
    """None where there was no plan within a minute."""
    timed = within(DEADLINE, _timed, make, officers, tasks)
    if timed is None:
        return {"s": None, "%": None}
    pairs, seconds = timed
    return {"s": seconds, "%": 100 * total(pairs, officers, tasks, NOW) / best}


def _timed(make: Make, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> tuple[Pairs, float]:
    began = time.perf_counter()
    pairs = make(officers, tasks)
    return pairs, time.perf_counter() - began
