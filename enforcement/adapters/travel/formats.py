"""How routing services are asked for a table of walks, and what they answer.

    OSRM       GET {base}/table/v1/foot/{lon},{lat};…?sources=0;1&destinations=2;3&annotations=duration,distance
               {"code": "Ok", "durations": [[12.5, null], …], "distances": [[17.1, null], …], …}   s, m
    Valhalla   POST {base}/sources_to_targets {"sources": [{"lat": …, "lon": …}, …], "targets": […],
                   "costing": "pedestrian", "units": "kilometers"}
               {"sources_to_targets": [[{"time": 12, "distance": 0.017, …}, …], …], "units": "kilometers", …}   s, km

null: there is no way. Sources: docs/http.md of osrm-backend, docs/docs/api/matrix/api-reference.md of valhalla.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
import numpy as np
import requests

from .line import Floats

Amount = Annotated[float, msgspec.Meta(ge=0, le=1e9)] | None
Place = tuple[float, float]  # lon, lat


class WrongAnswer(Exception):
    """It can't be used. The reason follows the service: "answered with too much"."""


class OsrmTable(msgspec.Struct):
    code: Literal["Ok"]
    durations: list[list[Amount]]
    distances: list[list[Amount]]


class ValhallaWalk(msgspec.Struct):
    time: Amount
    distance: Amount


class ValhallaTable(msgspec.Struct):
    sources_to_targets: list[list[ValhallaWalk]]
    units: Literal["kilometers"] = "kilometers"


osrm_tables, valhalla_tables = msgspec.json.Decoder(OsrmTable), msgspec.json.Decoder(ValhallaTable)


@dataclass(frozen=True, slots=True)
class Format:
    """`request` asks about sources and targets, `seconds_and_metres` reads the answer: rows, None for no way."""

    request: Callable[[str, list[Place], list[Place]], requests.Request]
    seconds_and_metres: Callable[[bytes], tuple[list[list[Amount]], list[list[Amount]]]]

    def read(self, body: bytes, rows: int, columns: int) -> tuple[Floats, Floats]:
        """Seconds and metres (rows, columns), infinite where there is no way. Raises WrongAnswer."""
        try:
            seconds, metres = map(_array, self.seconds_and_metres(body))
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise WrongAnswer("answered in another shape than it should") from None
        if seconds.shape != (rows, columns) or metres.shape != seconds.shape:
            raise WrongAnswer("answered with a table of another size")
        nowhere = np.isinf(seconds) | np.isinf(metres)
        return np.where(nowhere, np.inf, seconds), np.where(nowhere, np.inf, metres)


def _array(table: list[list[Amount]]) -> Floats:
    return np.array([[np.inf if cell is None else cell for cell in row] for row in table], dtype=float)


def _ask_osrm(base: str, sources: list[Place], targets: list[Place]) -> requests.Request:
    places = ";".join(f"{lon:.5f},{lat:.5f}" for lon, lat in sources + targets)
    first = ";".join(map(str, range(len(sources))))
    last = ";".join(map(str, range(len(sources), len(sources) + len(targets))))
    query = f"sources={first}&destinations={last}&annotations=duration,distance"
    return requests.Request("GET", f"{base}/table/v1/foot/{places}?{query}")


def _read_osrm(body: bytes) -> tuple[list[list[Amount]], list[list[Amount]]]:
    table = osrm_tables.decode(body)
    return table.durations, table.distances


def _ask_valhalla(base: str, sources: list[Place], targets: list[Place]) -> requests.Request:
    asked = {
        "sources": [{"lat": lat, "lon": lon} for lon, lat in sources],
        "targets": [{"lat": lat, "lon": lon} for lon, lat in targets],
        "costing": "pedestrian",
        "units": "kilometers",
    }
    return requests.Request("POST", f"{base}/sources_to_targets", json=asked)


def _read_valhalla(body: bytes) -> tuple[list[list[Amount]], list[list[Amount]]]:
    rows = valhalla_tables.decode(body).sources_to_targets
    metres = [[None if walk.distance is None else walk.distance * 1000 for walk in row] for row in rows]
    return [[walk.time for walk in row] for row in rows], metres


FORMATS = {"osrm": Format(_ask_osrm, _read_osrm), "valhalla": Format(_ask_valhalla, _read_valhalla)}
