"""Reading a walking graph: two CSV files in a folder, each fault with its file and line.

    nodes.csv   node,lat,lon          a name and degrees (WGS 84)
    edges.csv   edge,u,v,length_m     a directed walk from node u to node v

Further columns are taken no notice of.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ...domain.fences import metres
from .line import Floats

NODES, EDGES = "nodes.csv", "edges.csv"
SHORTER_THAN_STRAIGHT = 0.9
"""An edge may be this much shorter than the line between its ends, by rounding; below that it is a mistake."""
SLACK_M = 2.0

Row = list[str]
T = TypeVar("T")


class BadGraph(Exception):
    """The folder can't be used; the text names the file and the line."""


@dataclass(frozen=True, slots=True)
class GraphTables:
    """Nodes as (n, 2) lon, lat; edges as places in that table (e, 2), and their lengths in metres (e,)."""

    lonlat: Floats
    ends: NDArray[np.int64]
    metres: Floats


def read_graph(folder: Path) -> GraphTables:
    """The graph in `folder`. Raises BadGraph."""
    if not folder.is_dir():
        raise BadGraph(f"{folder}: there is no such folder")
    places: dict[str, int] = {}
    nodes: list[tuple[float, float]] = []
    for _ in _read(folder / NODES, ("node", "lat", "lon"), lambda row: _add_node(row, places, nodes)):
        pass
    edges = list(_read(folder / EDGES, ("u", "v", "length_m"), lambda row: _edge(row, places, nodes)))
    ends = np.array([(u, v) for u, v, _ in edges])
    return GraphTables(np.array(nodes), ends, np.array([length for *_, length in edges]))


def _add_node(row: Row, places: dict[str, int], nodes: list[tuple[float, float]]) -> None:
    name, lat, lon = row
    if not name or name in places:
        raise ValueError(f"node {name} is there twice" if name else "node is empty")
    places[name] = len(nodes)
    nodes.append((_number("lon", lon, -180, 180), _number("lat", lat, -90, 90)))


def _edge(row: Row, places: dict[str, int], nodes: list[tuple[float, float]]) -> tuple[int, int, float]:
    u, v, written = row
    for column, name in (("u", u), ("v", v)):
        if name not in places:
            raise ValueError(f"{column} is node {name!r}, which {NODES} does not have")
    length = _number("length_m", written, 0, 1e6)
    if length == 0:
        raise ValueError(f"length_m is {written!r}: a number above 0 is needed")
    return places[u], places[v], max(length, _straight(length, nodes[places[u]], nodes[places[v]]))


def _straight(length: float, here: tuple[float, float], there: tuple[float, float]) -> float:
    """The line between an edge's ends, below which no walk along it may be."""
    straight = metres(lon1=here[0], lat1=here[1], lon2=there[0], lat2=there[1])
    if length < straight * SHORTER_THAN_STRAIGHT - SLACK_M:
        raise ValueError(f"length_m is {length:g}, but its nodes are {straight:.0f} m apart")
    return straight


def _number(column: str, written: str, least: float, most: float) -> float:
    try:
        number = float(written)
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and least <= number <= most):
        raise ValueError(f"{column} is {written!r}: a number from {least:g} to {most:g} is needed")
    return number


def _read(path: Path, columns: tuple[str, ...], take: Callable[[Row], T]) -> Iterator[T]:
    """What `take` makes of the columns of each line; there must be one line at least."""
    taken = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            head = [name.strip() for name in next(lines, [])]
            missing = [name for name in columns if name not in head]
            if missing:
                raise BadGraph(f"{path}, line 1: no column {', '.join(missing)}")
            wanted = [head.index(name) for name in columns]
            for row in lines:
                if row:
                    yield _taken(path, lines.line_num, row, wanted, take)
                    taken += 1
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise BadGraph(f"{path}: {fault}") from fault
    if not taken:
        raise BadGraph(f"{path}, line 1: nothing follows the names of the columns")


def _taken(path: Path, line: int, row: Row, wanted: list[int], take: Callable[[Row], T]) -> T:
    try:
        if len(row) <= max(wanted):
            raise ValueError(f"has {len(row)} columns: {max(wanted) + 1} are needed")
        return take([row[column].strip() for column in wanted])
    except ValueError as fault:
        raise BadGraph(f"{path}, line {line}: {fault}") from None
