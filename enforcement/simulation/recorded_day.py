"""Reading a recorded area: a walking graph, bays on its edges, and overstays by day, in four CSV files.

    nodes.csv      node,lat,lon
    edges.csv      edge,u,v,length_m           directed walking edges
    bays.csv       bay,edge
    overstays.csv  day,bay,arr_min,vio_min,dep_min   minutes after local midnight

Further columns are taken no notice of.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from .points import Point

LATEST_MINUTE = 2 * 24 * 60  # a car may leave on the day after

T = TypeVar("T")


class BadRecording(Exception):
    """A file can't be used; the text names it and the line."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed walk from node `u` to node `v`."""

    u: int
    v: int
    length_m: float


@dataclass(frozen=True, slots=True)
class RecordedOverstay:
    """A car that outstayed its time; minutes after local midnight of its day. One that left in time was gone
    (`dep_min`) before its overstay would have begun."""

    day: date
    bay: str
    arr_min: int
    vio_min: int
    dep_min: int


@dataclass(frozen=True, slots=True)
class RecordedArea:
    """An area as recorded. `bays` gives each bay's edge, `places` where it stands.

    `in_time`: the cars that left before their overstay began. None: nobody recorded them, and so that a car
    is there at all must not be known before its overstay begins.
    """

    nodes: dict[int, Point]
    edges: dict[int, Edge]
    bays: dict[str, int]
    places: dict[str, Point]
    overstays: tuple[RecordedOverstay, ...]
    in_time: tuple[RecordedOverstay, ...] | None = None

    @property
    def days(self) -> list[date]:
        return sorted({overstay.day for overstay in self.overstays})

    def on(self, day: date) -> list[RecordedOverstay]:
        """The overstays of a day, in the order in which they began."""
        found = (overstay for overstay in self.overstays if overstay.day == day)
        return sorted(found, key=lambda each: (each.vio_min, each.bay))


def read_area(folder: Path) -> RecordedArea:
    """The area in `folder`. Raises BadRecording."""
    if not folder.is_dir():
        raise BadRecording(f"{folder}: there is no such folder")
    nodes = _keyed(folder / "nodes.csv", ("node", "lat", "lon"), _node)
    edges = _keyed(folder / "edges.csv", ("edge", "u", "v", "length_m"), lambda row: _edge(row, nodes))
    bays = _keyed(folder / "bays.csv", ("bay", "edge"), lambda row: _bay(row, edges))
    columns = ("day", "bay", "arr_min", "vio_min", "dep_min")
    overstays = tuple(_read(folder / "overstays.csv", columns, lambda row: _overstay(row, bays)))
    return RecordedArea(nodes, edges, bays, _places(nodes, edges, bays), overstays)


class _Row:
    """One line of a file; its methods raise ValueError with words that name the column."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        value = (self._values.get(name) or "").strip()
        if not value:
            raise ValueError(f"{name} is empty")
        return value

    def whole(self, name: str, least: int = 0, most: int = 2**53) -> int:
        value = self.text(name)
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise ValueError(f"{name} is {value!r}: a whole number from {least} to {most} is needed")
        return int(value)

    def number(self, name: str, least: float, most: float) -> float:
        value = self.text(name)
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not least <= number <= most:
            raise ValueError(f"{name} is {value!r}: a number from {least:g} to {most:g} is needed")
        return number


def _node(row: _Row) -> tuple[int, Point]:
    return row.whole("node"), Point(lon=row.number("lon", -180, 180), lat=row.number("lat", -90, 90))


def _edge(row: _Row, nodes: dict[int, Point]) -> tuple[int, Edge]:
    u, v = row.whole("u"), row.whole("v")
    for name, node in (("u", u), ("v", v)):
        if node not in nodes:
            raise ValueError(f"{name} is node {node}, which nodes.csv does not have")
    return row.whole("edge"), Edge(u, v, row.number("length_m", 0, 1e6))


def _bay(row: _Row, edges: dict[int, Edge]) -> tuple[str, int]:
    edge = row.whole("edge")
    if edge not in edges:
        raise ValueError(f"bay {row.text('bay')} is on edge {edge}, which edges.csv does not have")
    return row.text("bay"), edge


def _overstay(row: _Row, bays: dict[str, int]) -> RecordedOverstay:
    bay = row.text("bay")
    if bay not in bays:
        raise ValueError(f"bay {bay} is not in bays.csv")
    arrived, over, left = (row.whole(name, 0, LATEST_MINUTE) for name in ("arr_min", "vio_min", "dep_min"))
    if over < arrived:
        raise ValueError(f"vio_min {over} is before arr_min {arrived}")
    if left <= over:
        raise ValueError(f"dep_min {left} is not after vio_min {over}")
    return RecordedOverstay(_day(row.text("day")), bay, arrived, over, left)


def _day(written: str) -> date:
    """A day written as 20161108."""
    try:
        return datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007  (a date has no zone)
    except ValueError:
        raise ValueError(f"day is {written!r}: write it as 20161108") from None


def _keyed(path: Path, columns: tuple[str, ...], take: Callable[[_Row], tuple[T, object]]) -> dict:
    """A file whose first column names each line, once."""
    taken: dict[T, object] = {}

    def once(row: _Row) -> None:
        name, value = take(row)
        if name in taken:
            raise ValueError(f"{columns[0]} {name} is there twice")
        taken[name] = value

    for _ in _read(path, columns, once):
        pass
    return taken


def _read(path: Path, columns: tuple[str, ...], take: Callable[[_Row], T]) -> Iterator[T]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = csv.DictReader(file)
            missing = [name for name in columns if name not in (table.fieldnames or ())]
            if missing:
                raise BadRecording(f"{path.name}, line 1: no column {', '.join(missing)}")
            for values in table:
                yield _taken(path, table.line_num, values, take)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise BadRecording(f"{path}: {fault}") from fault


def _taken(path: Path, line: int, values: dict[str, str], take: Callable[[_Row], T]) -> T:
    try:
        return take(_Row(values))
    except ValueError as fault:
        raise BadRecording(f"{path.name}, line {line}: {fault}") from None


def _places(nodes: dict[int, Point], edges: dict[int, Edge], bays: dict[str, int]) -> dict[str, Point]:
    """The bays of an edge, spread evenly between its two nodes in the order of the file."""
    on_edge: dict[int, list[str]] = defaultdict(list)
    for bay, edge in bays.items():
        on_edge[edge].append(bay)
    return {
        bay: nodes[edges[edge].u].part_way(nodes[edges[edge].v], (place + 1) / (len(here) + 1))
        for edge, here in on_edge.items()
        for place, bay in enumerate(here)
    }
