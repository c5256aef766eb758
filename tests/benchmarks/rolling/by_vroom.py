"""VROOM, planned anew at most every fifteen seconds; in between, who comes free goes on along their route.

A router knows no chances: it does the jobs with the highest priorities that fit into the time there is, by the
shortest routes. So a job's priority is what its car is expected to be worth now, and the time there is are the
next `HORIZON` seconds (nearly all jobs fit into the rest of a shift, in any order). Zones are skills. Of many jobs
it is given those that are worth most to somebody, as many for each officer: of all it would think for minutes.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import vroom

from enforcement.domain.dispatch import OfficerNow, TaskNow

from ..yardstick import Floats, places, worth
from .evening import VALUES, at
from .patrol import REPLAN, TRAVEL, Routes

HORIZON = 900.0  # seconds
JOBS = 200
JOBS_EACH = 8  # at the least
EXPLORATION = 1  # of 0 to 5: how long it tries
LIMIT = timedelta(seconds=10)
TOP = 100  # the highest priority there is


class Vroom:
    every = REPLAN

    def plan(self, officers: Sequence[OfficerNow], tasks: Sequence[TaskNow], now: float) -> Routes:
        jobs = [tasks[column] for column in _looked_at(worth(officers, tasks, at(now)))]
        if not jobs:
            return {}
        problem = vroom.Input()
        points = np.concatenate([places(officers), places(jobs)])
        problem.set_durations_matrix("car", np.rint(TRAVEL.seconds(points, points)))
        problem.add_vehicle([_vehicle(number, each, now) for number, each in enumerate(officers)])
        problem.add_job([_job(number, each, len(officers)) for number, each in enumerate(jobs)])
        steps = problem.solve(EXPLORATION, nb_threads=1, timeout=LIMIT).routes
        steps = steps[steps.type == "job"]
        routes = defaultdict(list)
        for vehicle, job in zip(steps.vehicle_id, steps.id, strict=True):
            routes[officers[int(vehicle)].id].append(jobs[int(job)].id)
        return routes


def _looked_at(table: Floats) -> list[int]:
    """The columns that are worth most to each row."""
    each = min(max(JOBS_EACH, JOBS // len(table)), table.shape[1])
    best = np.argpartition(-table, each - 1, axis=1)[:, :each]
    some = np.take_along_axis(table, best, axis=1) > 0
    return np.unique(best[some]).tolist()


def _vehicle(number: int, officer: OfficerNow, now: float) -> vroom.Vehicle:
    """Work may end after the shift, if it begins before."""
    begins = (officer.free_at - at(now)).total_seconds()
    window = vroom.TimeWindow(int(begins), int(begins + HORIZON))
    return vroom.Vehicle(number, start=number, skills=set(officer.zones), time_window=window)


def _job(number: int, task: TaskNow, officers: int) -> vroom.Job:
    return vroom.Job(
        number,
        location=officers + number,
        default_service=int(task.work_seconds),
        skills=set(task.zones),
        priority=max(1, round(TOP * task.value / VALUES.max())),
    )
