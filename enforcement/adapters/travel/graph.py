"""Walking along the streets: shortest paths on a graph of them, from and to any place near it."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from ...domain.fences import degree_metres
from .graph_files import EDGES, BadGraph, GraphTables, read_graph
from .line import Floats
from .tables import Tables

NEAR_M = 300.0
"""A place farther than this from every street is not on the graph."""
KEPT_BYTES = 128 * 2**20
AT_ONCE, AT_ONCE_BYTES = 16, 64 * 2**20
KMH = 5.0
LATE = "there was no time to search all of the walking graph"
OFF_THE_GRAPH = "some places are far from the walking graph, or no street of it leads there"

Whole = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Snapped:
    """Places on streets: which street (-1: none is near), how far along it (0 to 1), how far from it (metres)."""

    street: Whole
    share: Floats
    away: Floats


class WalkingGraph:
    """Walks between places: to the nearest street, along the streets, and from there to the place.

    Distances from a node to all others are kept, for the same places come up again every few seconds.
    `pieces`: how many nodes there are in each part within which one can walk both ways, largest first.
    A place near the largest part belongs to that one, even if a stray path is nearer.
    """

    def __init__(self, tables: GraphTables) -> None:
        nodes = len(tables.lonlat)
        self._scale = np.array(degree_metres(np.cos(np.radians(tables.lonlat[:, 1].mean()))))
        self._plane = tables.lonlat * self._scale
        u, v, metres = _shortest_of_parallels(tables, nodes)
        self._ways = csr_array((metres, (u, v)), shape=(nodes, nodes))
        count, part = connected_components(self._ways, directed=True, connection="strong")
        sizes = np.bincount(part, minlength=count)
        self.pieces: list[int] = sorted(sizes.tolist(), reverse=True)
        self._streets(u, v, metres, nodes, part == sizes.argmax())
        self._kept: OrderedDict[int, NDArray[np.float32]] = OrderedDict()
        self._most_kept = max(KEPT_BYTES // (4 * nodes), 1)

    @classmethod
    def read(cls, folder: Path) -> "WalkingGraph":
        """Raises BadGraph, also if its largest piece is not even half of it."""
        graph = cls(read_graph(folder))
        if 2 * graph.pieces[0] < sum(graph.pieces):
            sizes = ", ".join(map(str, graph.pieces[:5])) + (", …" if len(graph.pieces) > 5 else "")
            raise BadGraph(
                f"{folder / EDGES}: the graph is in {len(graph.pieces)} pieces, of {sizes} nodes; "
                f"no piece, in which one can walk both ways, has half of them"
            )
        return graph

    def tables(self, origins: Floats, destinations: Floats, until: float = inf) -> Tables:
        """Not known, and infinite, where the graph has no way, or was not searched until `until`."""
        metres = self._metres(origins, destinations, until)
        late = np.isnan(metres)
        metres[late] = inf
        known = np.isfinite(metres)
        fault = None if known.all() else LATE if late.any() else OFF_THE_GRAPH
        return Tables(metres * (3.6 / KMH), metres, known, fault)

    def metres(self, origins: Floats, destinations: Floats) -> Floats:
        """(n, m); infinite where a place is far from all streets, or no street leads there."""
        return self._metres(origins, destinations, inf)

    def _metres(self, origins: Floats, destinations: Floats, until: float) -> Floats:
        """NaN where there was no time."""
        here, there = self._snapped(origins), self._snapped(destinations)
        metres = np.full((len(origins), len(destinations)), np.inf)
        rows, columns = np.flatnonzero(here.street >= 0), np.flatnonzero(there.street >= 0)
        if len(rows) and len(columns):
            metres[np.ix_(rows, columns)] = self._between(_part(here, rows), _part(there, columns), until)
        return metres

    def _streets(self, u: Whole, v: Whole, metres: Floats, nodes: int, main: NDArray[np.bool_]) -> None:
        """The two directions of a street are one line on the map; what only one of them has is one-way."""
        there = u < v
        keys = np.where(there, u * nodes + v, v * nodes + u)
        found, street = np.unique(keys, return_inverse=True)
        self._ends = np.stack([found // nodes, found % nodes], axis=1)
        self._along = np.full((len(found), 2), np.inf)
        self._along[street[there], 0] = metres[there]
        self._along[street[~there], 1] = metres[~there]
        self._lines = shapely.linestrings(self._plane[self._ends])
        in_main = main[self._ends].all(axis=1)
        self._nets = [
            (ids, shapely.STRtree(self._lines[ids])) for ids in map(np.flatnonzero, (in_main, ~in_main))
        ]

    def _snapped(self, lonlat: Floats) -> Snapped:
        places = shapely.points(np.asarray(lonlat, dtype=float).reshape(-1, 2) * self._scale)
        street = np.full(len(places), -1, dtype=np.intp)
        for ids, tree in self._nets:
            lost = np.flatnonzero(street < 0)
            which, nearest = tree.query_nearest(places[lost], max_distance=NEAR_M, all_matches=False)
            street[lost[which]] = ids[nearest]
        share, away = np.zeros(len(places)), np.full(len(places), np.inf)
        on = np.flatnonzero(street >= 0)
        lines = self._lines[street[on]]
        share[on] = np.clip(shapely.line_locate_point(lines, places[on], normalized=True), 0.0, 1.0)
        away[on] = shapely.distance(lines, places[on])
        return Snapped(street, share, away)

    def _between(self, here: Snapped, there: Snapped, until: float) -> Floats:
        """The best of the ways out of one street and into the other, or along the street that they share."""
        out, into = self._to_ends(here, out=True), self._to_ends(there, out=False)
        starts, start = np.unique(self._ends[here.street], return_inverse=True)
        goals, goal = np.unique(self._ends[there.street], return_inverse=True)
        start, goal = start.reshape(-1, 2), goal.reshape(-1, 2)
        walks = self._node_to_node(starts, goals, until)
        best = self._along_the_same(here, there)
        for a in (0, 1):
            for b in (0, 1):
                walk = walks[np.ix_(start[:, a], goal[:, b])] + out[:, [a]] + into[:, b]
                np.minimum(best, walk, out=best)
        return best + here.away[:, None] + there.away

    def _to_ends(self, at: Snapped, *, out: bool) -> Floats:
        """Metres between the places and both ends of their streets, (n, 2)."""
        length = self._along[at.street]
        to_first, to_second = (length[:, 1], length[:, 0]) if out else (length[:, 0], length[:, 1])
        return np.stack([_share_of(to_first, at.share), _share_of(to_second, 1 - at.share)], axis=1)

    def _along_the_same(self, here: Snapped, there: Snapped) -> Floats:
        best = np.full((len(here.street), len(there.street)), np.inf)
        rows, columns = np.nonzero(here.street[:, None] == there.street)
        ahead = there.share[columns] - here.share[rows]
        length = self._along[here.street[rows]]
        best[rows, columns] = _share_of(np.where(ahead >= 0, length[:, 0], length[:, 1]), abs(ahead))
        return best

    def _node_to_node(self, starts: Whole, goals: Whole, until: float) -> Floats:
        walks = np.full((len(starts), len(goals)), np.nan)
        row_of = {start: row for row, start in enumerate(starts.tolist())}
        missing = []
        for start, row in row_of.items():
            if start in self._kept:
                self._kept.move_to_end(start)
                walks[row] = self._kept[start][goals]
            else:
                missing.append(start)
        for start, distances in self._searched(missing, until):
            walks[row_of[start]] = distances[goals]
            self._keep(start, distances)
        return walks

    def _searched(self, starts: list[int], until: float) -> Iterator[tuple[int, NDArray[np.float32]]]:
        """Distances from nodes to all others, a handful of nodes at a time, for as long as there is time."""
        step = min(max(AT_ONCE_BYTES // (8 * len(self._plane)), 1), AT_ONCE)
        for first in range(0, len(starts), step):
            if monotonic() >= until:
                return
            few = starts[first : first + step]
            yield from zip(few, dijkstra(self._ways, indices=few).astype(np.float32), strict=True)

    def _keep(self, start: int, distances: NDArray[np.float32]) -> None:
        self._kept[start] = distances.copy()  # of its own, or the whole handful stays
        if len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)


def _shortest_of_parallels(tables: GraphTables, nodes: int) -> tuple[Whole, Whole, Floats]:
    """From, to and metres of each pair of nodes with a way; walks that end where they begin are left out."""
    u, v = tables.ends.T
    order = np.flatnonzero(u != v)
    order = order[np.argsort(tables.metres[order], kind="stable")]
    keys, first = np.unique(u[order] * nodes + v[order], return_index=True)
    return keys // nodes, keys % nodes, tables.metres[order][first]


def _part(snapped: Snapped, places: Whole) -> Snapped:
    return Snapped(snapped.street[places], snapped.share[places], snapped.away[places])


def _share_of(length: Floats, share: Floats) -> Floats:
    """Nothing of a way that isn't there (infinite) is no walk at all."""
    walked: Floats = np.multiply(length, share, out=np.zeros_like(length), where=share > 0)
    return walked
