"""The streets as officers walk them: which kerbs there are, how far apart, what one passes on the way.

A *kerb* is a directed edge of the walking graph that bays lie on. Kerbs are numbered from 0 in the order of
their edge numbers. An officer at a kerb stands at its end.
"""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from ..points import Point
from ..recorded_day import BadRecording, RecordedArea
from .ground import SPEED, Passings, Seconds

ASIDE = 0.01  # share of a kerb between its end and the point that stands for it


def edge_seconds(length_m: float) -> int:
    """Whole seconds that an edge takes: rounded down, and at least one (Schmoll & Schubert 2020)."""
    return max(1, int(length_m / SPEED))


class Streets:
    """The walking graph of an area, seen from its kerbs. Raises BadRecording for a graph in pieces.

    Implements `ground.Ground`. The last piece of a walk to a kerb is the kerb itself; from a kerb to itself it
    leads around and back.
    """

    def __init__(self, area: RecordedArea) -> None:
        if not area.bays:
            raise BadRecording("bays.csv, line 2: there is no bay")
        self.edges = tuple(sorted(set(area.bays.values())))
        number = {edge: kerb for kerb, edge in enumerate(self.edges)}
        self.kerb_of = {bay: number[edge] for bay, edge in area.bays.items()}
        self._area = area
        self._kerb_at = number
        self._nodes = {node: row for row, node in enumerate(area.nodes)}
        self._by_nodes = self._quickest_edges()
        ends = [self._row(edge, end=True) for edge in self.edges]
        self._ends, self._begins = ends, [self._row(edge, end=False) for edge in self.edges]
        self._far, self._before = dijkstra(self._graph(), indices=ends, return_predecessors=True)
        own = np.array([self._takes(edge) for edge in self.edges])
        self._refuse_pieces(self._far[:, self._begins])
        self.seconds: Seconds = (self._far[:, self._begins] + own).astype(np.int64)
        self.home: Seconds = self._far[:, ends[0]].astype(np.int64)
        self._passings: dict[tuple[int, int], Passings] = {}

    def __len__(self) -> int:
        return len(self.edges)

    def passings(self, origin: int, target: int) -> Passings:
        key = origin, target
        if key not in self._passings:
            way = [*self._way(origin, self._begins[target]), self.edges[target]]
            self._passings[key] = tuple(self._kerbs_along(way))
        return self._passings[key]

    def homeward(self, origin: int) -> Passings:
        return tuple(self._kerbs_along(self._way(origin, self._ends[0])))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """A point close to the end of each kerb, no two the same."""
        found: dict[Point, None] = {}
        for edge in self.edges:
            nodes, ends = self._area.nodes, self._area.edges[edge]
            share = ASIDE
            while (point := nodes[ends.v].part_way(nodes[ends.u], share)) in found:
                share += ASIDE
            found[point] = None
        return tuple(found)

    def _takes(self, edge: int) -> int:
        return edge_seconds(self._area.edges[edge].length_m)

    def _row(self, edge: int, *, end: bool) -> int:
        ends = self._area.edges[edge]
        return self._nodes[ends.v if end else ends.u]

    def _quickest_edges(self) -> dict[tuple[int, int], int]:
        """Of parallel edges the quickest, of equally quick ones that with the smallest number."""
        quickest: dict[tuple[int, int], int] = {}
        for edge in sorted(self._area.edges, key=lambda edge: (self._takes(edge), edge)):
            quickest.setdefault((self._row(edge, end=False), self._row(edge, end=True)), edge)
        return quickest

    def _graph(self) -> csr_array:
        pairs = np.array(list(self._by_nodes)).reshape(-1, 2)
        takes = np.array([self._takes(edge) for edge in self._by_nodes.values()], dtype=float)
        return csr_array((takes, (pairs[:, 0], pairs[:, 1])), shape=(len(self._nodes),) * 2)

    def _refuse_pieces(self, far: NDArray[np.float64]) -> None:
        apart = np.argwhere(~np.isfinite(far))
        if len(apart):
            here, there = (self.edges[kerb] for kerb in apart[0])
            line, bay = next(
                (i, bay) for i, bay in enumerate(self._area.bays, 2) if self._area.bays[bay] == there
            )
            raise BadRecording(
                f"bays.csv, line {line}: bay {bay} is on edge {there}, to which no way leads from edge {here}: "
                "the graph of edges.csv is in pieces"
            )

    def _way(self, origin: int, node: int) -> list[int]:
        """The edges from the end of a kerb to a node."""
        way = []
        while node != self._ends[origin]:
            before = int(self._before[origin, node])
            way.append(self._by_nodes[before, node])
            node = before
        return way[::-1]

    def _kerbs_along(self, way: list[int]) -> list[tuple[int, int]]:
        passed, after = [], 0
        for edge in way:
            after += self._takes(edge)
            if edge in self._kerb_at:
                passed.append((self._kerb_at[edge], after))
        return passed
