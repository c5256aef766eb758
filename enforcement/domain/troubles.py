"""Do messages arrive, are plans made, are jobs done? Numbers → trouble or none, no I/O.

Where nothing is to be done nothing is in trouble: a quiet town raises no alarm.
"""

from dataclasses import dataclass
from datetime import timedelta

PUSH_WITHIN = timedelta(minutes=10)  # of these minutes the messages are judged
LATE = timedelta(seconds=30)  # a message that its push service took later than this
FEWEST_TROUBLED = 3
RAISED_AT, OVER_BELOW = 1 / 2, 1 / 4  # shares of the messages: what is raised is not over at once

PLAN_WITHIN = timedelta(seconds=60)
FALLBACKS = 3  # plans of the last minutes that the planner did not make itself
FALLBACKS_WITHIN = timedelta(minutes=5)

JOBS_WITHIN = timedelta(seconds=60)
LOOK_EVERY = timedelta(seconds=20)
STOOD_AFTER = timedelta(seconds=60)  # no worker has looked for so long: none works


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of the last minutes that push services answered or should have, and how many of those failed,
    were taken late, or wait to be tried again."""

    all: int
    troubled: int


def push_in_trouble(lately: Messages, was: bool) -> bool:
    """Do messages fail or come late? Once they do, only messages that arrive prove that it is over."""
    if lately.all == 0:
        return was
    share = lately.troubled / lately.all
    return share >= OVER_BELOW if was else lately.troubled >= FEWEST_TROUBLED and share >= RAISED_AT


@dataclass(frozen=True, slots=True)
class Plans:
    """For how long a plan is due, how many tasks wait, how many officers are free, and how many of the last plans
    were made without the planner; `faulty`: the last one was."""

    due_for: timedelta
    tasks: int
    free: int
    fallbacks: int
    faulty: bool


def plan_overdue(plans: Plans) -> bool:
    """Is there work, are there officers, and no plan comes?"""
    return plans.due_for >= PLAN_WITHIN and plans.tasks > 0 and plans.free > 0


def planner_in_trouble(plans: Plans) -> bool:
    """Does the planner not plan, or does another do its work again and again?"""
    return plan_overdue(plans) or (plans.faulty and plans.fallbacks >= FALLBACKS)


def jobs_stand(oldest: timedelta) -> bool:
    """Has a job that could be done waited too long, though workers sweep?"""
    return oldest >= JOBS_WITHIN


def nobody_works(last_look: timedelta | None) -> bool:
    """Has no worker looked for so long, or never?"""
    return last_look is None or last_look >= STOOD_AFTER
