"""Streets laid out in metres around a corner, and the folder that a council makes of them."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from pathlib import Path

import numpy as np

from enforcement.domain.fences import degree_metres

CORNER = (-0.1276, 51.5072)
PER_LON, PER_LAT = degree_metres(cos(radians(CORNER[1])))

Street = tuple[int, int] | tuple[int, int, float]


def place(east: float, north: float) -> tuple[float, float]:
    """Lon and lat of a place so many metres from the corner."""
    return CORNER[0] + east / PER_LON, CORNER[1] + north / PER_LAT


def places(*metres: tuple[float, float]) -> np.ndarray:
    return np.array([place(*each) for each in metres]).reshape(-1, 2)


def lay_out(
    folder: Path,
    nodes: Sequence[tuple[float, float]],
    both_ways: Iterable[Street] = (),
    one_way: Iterable[Street] = (),
) -> Path:
    """A walking graph of nodes in metres, and streets between them: as long as they look, or as given."""
    ways = [way for street in both_ways for way in (street, (street[1], street[0], *street[2:]))]
    ways += list(one_way)
    lines = ["edge,u,v,length_m"]
    for number, (u, v, *given) in enumerate(ways):
        straight = hypot(nodes[u][0] - nodes[v][0], nodes[u][1] - nodes[v][1])
        lines.append(f"{number},{u},{v},{given[0] if given else straight:.3f}")
    (folder / "edges.csv").write_text("\n".join(lines) + "\n")
    written = [f"{number},{place(*each)[1]:.9f},{place(*each)[0]:.9f}" for number, each in enumerate(nodes)]
    (folder / "nodes.csv").write_text("\n".join(["node,lat,lon", *written]) + "\n")
    return folder
