"""VROOM and PyVRP on the planner's own problem: one task for each officer, worth as much as possible in all.

Routers make routes as cheap as possible. Told that an officer does one job at the most, and that going there costs
what the pair is short of the best, they solve the same problem as the planner. The first job is all that counts.
"""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pyvrp
import vroom
from pyvrp.stop import MaxRuntime, MultipleCriteria, NoImprovement

from enforcement.adapters.travel import StraightLine
from enforcement.domain.dispatch import Id, OfficerNow, TaskNow

from .cities import NOW
from .yardstick import Floats, places, worth

SCALE = 10_000  # what the best pair is worth, in whole numbers
NO_WAY = 3 * SCALE
SECONDS = 30  # for the search
FRUITLESS = 1000  # tries, and PyVRP ends
EXPLORATION = 1  # of VROOM, of 0 to 5: more found nothing more
Pairs = list[tuple[Id, Id]]


def by_vroom(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> Pairs:
    """Zones are skills."""
    count = len(officers)
    problem = vroom.Input()
    costs = _costs(worth(officers, tasks, NOW))
    problem.set_durations_matrix("car", np.zeros(costs.shape, dtype=np.uint32))
    problem.set_costs_matrix("car", costs.astype(np.uint32))
    problem.add_vehicle(
        [
            vroom.Vehicle(row, start=row, skills=set(each.zones), max_tasks=1)
            for row, each in enumerate(officers)
        ]
    )
    problem.add_job(
        [
            vroom.Job(column, location=count + column, skills=set(each.zones))
            for column, each in enumerate(tasks)
        ]
    )
    limit = timedelta(seconds=SECONDS)
    steps = problem.solve(EXPLORATION, nb_threads=1, timeout=limit).routes
    steps = steps[steps.type == "job"]
    pairs = zip(steps.vehicle_id.tolist(), steps.id.tolist(), strict=True)
    return [(officers[row].id, tasks[column].id) for row, column in pairs]


def by_pyvrp(officers: Sequence[OfficerNow], tasks: Sequence[TaskNow]) -> Pairs:
    """Each job is a prize as high as the dearest walk; each officer has their own depot, and room for one job.

    It tries what lies near together: so the ways between jobs, on which nobody may go, differ by the walk.
    """
    count = len(officers)
    costs = _costs(worth(officers, tasks, NOW))
    costs[count:, count:] += np.rint(StraightLine().seconds(places(tasks), places(tasks))).astype(np.int64)
    points = [pyvrp.Location(*point) for point in np.concatenate([places(officers), places(tasks)]).tolist()]
    jobs = [
        pyvrp.Client(count + column, delivery=[1], prize=SCALE, required=False)
        for column in range(len(tasks))
    ]
    depots = [pyvrp.Depot(row) for row in range(count)]
    vehicles = [pyvrp.VehicleType(1, capacity=[1], start_depot=row, end_depot=row) for row in range(count)]
    durations = np.zeros(costs.shape, dtype=np.int64)
    data = pyvrp.ProblemData(points, jobs, depots, vehicles, [costs], [durations])
    stop = MultipleCriteria([MaxRuntime(SECONDS), NoImprovement(FRUITLESS)])
    routes = pyvrp.solve(data, stop, collect_stats=False, display=False).best.routes()
    return [
        (officers[route.vehicle_type()].id, tasks[step.idx].id)
        for route in routes
        for step in route
        if step.is_client()
    ]


def _costs(table: Floats) -> np.ndarray:
    """From everywhere to everywhere: officers first, then tasks. The way home is free, no other way leads on."""
    rows, columns = table.shape
    costs = np.full((rows + columns, rows + columns), NO_WAY, dtype=np.int64)
    costs[:rows, rows:] = np.where(table > 0, np.rint(SCALE * (1 - table / table.max())), NO_WAY)
    costs[rows:, :rows] = 0
    np.fill_diagonal(costs, 0)
    return costs
