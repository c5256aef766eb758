"""Who goes where, next: our planner, and the two simple ones that it is measured against."""

from collections.abc import Sequence

from scipy.optimize import linear_sum_assignment

from enforcement.domain.dispatch import OfficerNow, TaskNow, nearest_first, plan
from enforcement.domain.dwell import PRIOR

from ..yardstick import worth
from .evening import at
from .patrol import TRAVEL, Routes


class OpenPatrol:
    """The product's planner, which also hears of those who will be free soon."""

    every = 0

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        proposals = plan(officers, tasks, TRAVEL, at(now), PRIOR.chances)
        return {proposal.officer: [proposal.task] for proposal in proposals}


class NearestFirst:
    """The shortest walk of any free officer, then the next."""

    every = 0

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        proposals = nearest_first(_free(officers, now), tasks, TRAVEL, at(now))
        return {proposal.officer: [proposal.task] for proposal in proposals}


class Assignment:
    """The best assignment of the free officers, one task each, over the whole table."""

    every = 0

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        free = _free(officers, now)
        table = worth(free, tasks, at(now))
        rows, columns = linear_sum_assignment(table, maximize=True)
        some = table[rows, columns] > 0
        return {
            free[row].id: [tasks[column].id] for row, column in zip(rows[some], columns[some], strict=True)
        }


def _free(officers: Sequence[OfficerNow], now: float) -> list[OfficerNow]:
    return [officer for officer in officers if officer.free_at <= at(now)]
