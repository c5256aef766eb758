"""A case, its figures, and how they are judged and written.

    @case("plan-500x10k", tiny={"officers": 5, "tasks": 20})
    def plans(tell: Tell, officers: int = 500, tasks: int = 10_000) -> Figures:
        yield Figure("plan-500x10k", 0.8, "s", limit=1.9, target=at_most(1.0))

Its arguments are the real sizes by default; `tiny` are those by which a test sees that it still runs.
"""

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import get_context
from typing import Any, TypeVar

Tell = Callable[[str], None]
Figures = Iterator["Figure"]
Run = Callable[..., Figures]
T = TypeVar("T")
Beside = Mapping[str, Mapping[str, float | None]]
"""What others reached in the same run: by their names, numbers by what they are. None: they came to none."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure has to reach, in its own unit; also a share of its limit, where one is asked for."""

    number: float
    least: bool
    of_limit: float | None = None

    def met_by(self, value: float, limit: float | None) -> bool:
        if self.of_limit and (limit is None or value < self.of_limit * limit):
            return False
        return value >= self.number if self.least else value <= self.number

    def words(self, unit: str) -> str:
        share = f" and {self.of_limit:.0%} of the limit" if self.of_limit else ""
        return f"{'≥' if self.least else '≤'} {written(self.number)} {unit}{share}".replace(" %", "%")


def at_least(number: float, *, of_limit: float | None = None) -> Target:
    return Target(number, True, of_limit)


def at_most(number: float) -> Target:
    return Target(number, False)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured. `limit`: what the machine can do at best, in the same unit; None where there is none.

    Without a target it is only told. `beside` is what it compares with.
    """

    name: str
    value: float
    unit: str
    limit: float | None
    target: Target | None
    beside: Beside = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        return self.value / self.limit if self.limit else None

    @property
    def met(self) -> bool | None:
        return self.target.met_by(self.value, self.limit) if self.target else None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "limit": self.limit,
            "ratio": self.ratio,
            "target": self.target.number if self.target else None,
            "met": self.met,
            "beside": self.beside,
        }


@dataclass(frozen=True, slots=True)
class Failed:
    """A figure that its case did not come to, and why."""

    name: str
    why: str

    def as_json(self) -> dict[str, Any]:
        nothing = dict.fromkeys(("value", "unit", "limit", "ratio", "target"))
        return {"name": self.name, **nothing, "met": False, "beside": {}, "why": self.why}


@dataclass(frozen=True, slots=True)
class Case:
    """The figures that one run yields, and how to run it."""

    names: tuple[str, ...]
    run: Run
    tiny: Mapping[str, Any]

    def figures(self, tell: Tell, **sizes: Any) -> Iterator[Figure | Failed]:
        """The figures in the order of their names; a case that raises leaves those that it did not come to."""
        found: dict[str, Figure] = {}
        why = "the case ended without it"
        try:
            for figure in self.run(tell, **sizes):
                found[figure.name] = figure
        except Exception as fault:  # whatever it is: the other cases go on
            notes = getattr(fault, "__notes__", [])
            why = "\n".join([f"{type(fault).__name__}: {fault}", *notes])
        for name in self.names:
            yield found.get(name) or Failed(name, why)


MET = {True: "yes", False: "**no**", None: ""}
CASES: list[Case] = []


def case(*names: str, tiny: Mapping[str, Any]) -> Callable[[Run], Run]:
    """Register a function as the case of these figures."""

    def register(run: Run) -> Run:
        CASES.append(Case(names, run, tiny))
        return run

    return register


def in_process(work: Callable[..., T], *arguments: Any) -> T:
    """What `work` returns, in a process of its own: nothing of ours slows it down. It is kept for the next."""
    try:
        return _other().submit(work, *arguments).result()
    except BrokenProcessPool:
        _other.cache_clear()
        raise


def within(seconds: float, work: Callable[..., T], *arguments: Any) -> T | None:
    """The same, or None if it takes longer; the process is killed then."""
    process = in_process(os.getpid)
    try:
        return _other().submit(work, *arguments).result(seconds)
    except TimeoutError:
        os.kill(process, signal.SIGKILL)
        _other.cache_clear()
        return None


@cache
def _other() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def written(number: float | None) -> str:
    """With three significant digits, and no more behind the point than needed."""
    if number is None:
        return ""
    digits = 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2 if abs(number) >= 1 else 3
    return f"{number:,.{digits}f}" if number % 1 else f"{number:,.0f}"


def table(results: Iterable[Figure | Failed]) -> str:
    """In Markdown, as it stands in the README."""
    rows = [
        "| figure | target | measured | limit in the same run | ratio | met |",
        "|---|---|---|---|---|---|",
    ]
    for each in results:
        if isinstance(each, Failed):
            rows.append(f"| `{each.name}` | | failed: {each.why.splitlines()[0]} | | | no |")
            continue
        limit = f"{written(each.limit)} {each.unit}" if each.limit is not None else ""
        target = each.target.words(each.unit) if each.target else ""
        rows.append(
            f"| `{each.name}` | {target} | {written(each.value)} {each.unit} | {limit}"
            f" | {written(each.ratio)} | {MET[each.met]} |"
        )
    return "\n".join(rows)


def beside(figure: Figure) -> str:
    """What it compares with, in Markdown; empty if nothing."""
    if not figure.beside:
        return ""
    columns = list(dict.fromkeys(column for each in figure.beside.values() for column in each))
    rows = [f"| `{figure.name}` beside | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for name, numbers in figure.beside.items():
        cells = (written(numbers.get(column)) for column in columns)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def as_json(results: Iterable[Figure | Failed]) -> str:
    return json.dumps([each.as_json() for each in results], indent=2) + "\n"
