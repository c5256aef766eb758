"""Does a replay add up? Every figure is the server's own answer, set against the record of the day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from .client import ApiClient
from .replay_schedule import Schedule

TOO_SHORT = "gone before the clock looked at them"
STILL_DUE = "not yet looked at when the replay ended"
CLOSED, WITHDRAWN = "closed", "withdrawn"
IN_HAND = frozenset({"offered", "accepted", "arrived"})

Key = tuple[str, datetime]  # a bay's reference and since when a car is over its time there
Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ServerSays:
    """What the server has in the end: its tasks, and the stays that raised none."""

    tasks: Sequence[Item]
    stays: Mapping[Key, Item]


@dataclass(frozen=True, slots=True)
class Spread:
    """A median and a 90th percentile of so many values; None where there are none."""

    count: int
    median: float | None
    p90: float | None

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        found = sorted(values)
        if len(found) < 2:
            only = found[0] if found else None
            return cls(len(found), only, only)
        return cls(len(found), median(found), quantiles(found, n=10, method="inclusive")[-1])

    def words(self, unit: str, digits: int = 0) -> str:
        if self.median is None or self.p90 is None:
            return "none"
        middle, most = (f"{value:.{digits}f} {unit}" for value in (self.median, self.p90))
        return f"median {middle}, 90 % within {most} ({self.count})"


@dataclass(frozen=True, slots=True)
class Report:
    """The account of a replay. `faults` are words for whatever does not add up."""

    recorded: int
    excluded: Counter[str]
    tasks: int
    outcomes: Counter[str]
    withdrawn: int
    open: Counter[str]
    to_push: Spread  # real seconds
    to_push_at_once: Spread  # of those, for which an officer was free
    to_outcome: Spread  # simulated minutes
    faults: list[str] = field(default_factory=list)

    @property
    def attended(self) -> int:
        return self.outcomes.total()

    def lines(self) -> list[str]:
        return [
            f"recorded overstays {self.recorded} = tasks {self.tasks} + excluded {self.excluded.total()}",
            *(f"    {count} {reason}" for reason, count in sorted(self.excluded.items())),
            f"tasks {self.tasks} = attended {self.attended} + withdrawn {self.withdrawn} "
            f"+ open {self.open.total()}",
            *(f"    {count} {outcome.replace('_', ' ')}" for outcome, count in self.outcomes.most_common()),
            *(f"    {count} {state} at the end" for state, count in self.open.most_common()),
            f"overstay posted to push at the push service: {self.to_push.words('s', 3)}",
            f"    where an officer was free: {self.to_push_at_once.words('s', 3)}",
            f"overstay to outcome, in the day's own minutes: {self.to_outcome.words('min')}",
            *(f"DOES NOT ADD UP: {fault}" for fault in self.faults),
        ]


def ask(api: ApiClient) -> ServerSays:
    """All that the server has; `api` is a supervisor's."""
    references = {bay["id"]: bay["reference"] for bay in api.every("/bays")}
    stays = {
        (references[stay["bay_id"]], moment(stay["arrived_at"])): stay
        for stay in api.every("/stays")
        if not stay["superseded_at"]
    }
    return ServerSays(list(api.every("/tasks")), stays)


def account(
    plan: Schedule,
    says: ServerSays,
    posted_at: Mapping[Key, float],
    pushed_at: Mapping[str, float],
    free_for: Iterable[str],
) -> Report:
    """`posted_at` and `pushed_at` (by task) are moments of one real clock; `free_for` names tasks."""
    excluded, faults = Counter(plan.excluded), list[str]()
    by_key = {key_of(task): task for task in says.tasks}
    for each in plan.posted:
        key = (each.bay, each.since)
        if key not in by_key:
            _count_missing(key, says.stays.get(key), excluded, faults)
    foreign = by_key.keys() - {(each.bay, each.since) for each in plan.posted}
    faults += [f"a task at bay {bay} from {since:%H:%M} that nobody posted" for bay, since in sorted(foreign)]
    states = Counter(task["state"] for task in says.tasks)
    waits = {
        task["id"]: pushed_at[task["id"]] - posted_at[key]
        for key, task in by_key.items()
        if task["id"] in pushed_at and key in posted_at
    }
    report = Report(
        recorded=plan.recorded,
        excluded=excluded,
        tasks=len(says.tasks),
        outcomes=Counter(task["outcome"] for task in says.tasks if task["state"] == CLOSED),
        withdrawn=states[WITHDRAWN],
        open=Counter({state: count for state, count in states.items() if state not in (CLOSED, WITHDRAWN)}),
        to_push=Spread.of(waits.values()),
        to_push_at_once=Spread.of(waits[task] for task in free_for if task in waits),
        to_outcome=Spread.of(_minutes(task) for task in says.tasks if task["state"] == CLOSED),
        faults=faults,
    )
    report.faults.extend(_sums(report))
    return report


def journal_from(api: ApiClient, cursor: str) -> Iterator[Item]:
    """What the journal has after a cursor, oldest first."""
    while (page := api.get("/journal", cursor=cursor))["items"]:
        yield from page["items"]
        cursor = page["cursor"]


def key_of(task: Item) -> Key:
    return task["bay"]["reference"], moment(task["overstay_from"])


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _count_missing(key: Key, stay: Item | None, excluded: Counter[str], faults: list[str]) -> None:
    """An overstay that was posted and raised no task is excluded for a reason that the server shows."""
    if stay is None:
        faults.append(f"the server has no stay at bay {key[0]} from {key[1]:%H:%M}, though it was posted")
    else:
        excluded[TOO_SHORT if stay["departed_at"] else STILL_DUE] += 1


def _sums(report: Report) -> list[str]:
    found = []
    if report.recorded != report.tasks + report.excluded.total():
        excluded = report.excluded.total()
        found.append(f"{report.recorded} recorded, but {report.tasks} tasks and {excluded} excluded")
    parts = report.attended + report.withdrawn + report.open.total()
    if report.tasks != parts:
        found.append(f"{report.tasks} tasks, but {parts} attended, withdrawn or open")
    return found


def _minutes(task: Item) -> float:
    return (moment(task["ended_at"]) - moment(task["overstay_from"])).total_seconds() / 60


def raised_while_free(entries: Iterable[Item]) -> list[str]:
    """The tasks that were raised while an officer on duty had nothing to do and no other task waited.

    Read from the journal, oldest first.
    """
    on_duty, waiting = set[str](), set[str]()
    in_hand: dict[str, str] = {}
    found = []
    for entry in entries:
        kind, subject, officer = entry["kind"], entry["subject_id"], entry["officer_id"]
        if kind == "task.raised":
            if not waiting and on_duty - set(in_hand.values()):
                found.append(subject)
            waiting.add(subject)
        elif kind == "shift.available":
            on_duty.add(officer)
        elif kind == "shift.ended":
            on_duty.discard(officer)
        elif entry["subject"] == "task" and "state" in entry["facts"]:
            _follow(entry, in_hand, waiting)
    return found


def _follow(entry: Item, in_hand: dict[str, str], waiting: set[str]) -> None:
    task, state = entry["subject_id"], entry["facts"]["state"]
    in_hand.pop(task, None)
    waiting.discard(task)
    if state == "waiting":
        waiting.add(task)
    elif state in IN_HAND:
        in_hand[task] = entry["officer_id"]
