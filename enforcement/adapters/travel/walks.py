"""The walks of one plan: by the source that the settings name, in a straight line where that can't tell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ...config import TravelSetting
from ...domain.dispatch import Travel
from .formats import FORMATS
from .graph import WalkingGraph
from .graph_files import BadGraph
from .line import Floats, StraightLine
from .service import RoutingService
from .tables import Source, Tables, unknown

STRAIGHT = "straight line"
WAIT_SECONDS = 0.5  # for what isn't known yet, in all the tables of one plan together: a plan has a deadline


class Opens(Protocol):
    """What a source is made from: small, and the same in every process. `by` is what to call it."""

    @property
    def by(self) -> str: ...

    def __hash__(self) -> int: ...

    def open(self) -> Source: ...


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """A walking graph in a folder, see `graph_files`."""

    folder: Path
    by: str = "graph"

    def open(self) -> Source:
        try:
            return WalkingGraph.read(self.folder)
        except BadGraph:
            return Nothing("the walking graph can't be read")


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """A routing service: `kind` is osrm or valhalla, see `formats`."""

    kind: str
    base_url: str
    by: str = "service"

    def open(self) -> Source:
        return RoutingService(FORMATS[self.kind], self.base_url)


@dataclass(frozen=True, slots=True)
class Nothing:
    """A source that can't tell anything."""

    fault: str

    def tables(self, origins: Floats, destinations: Floats, until: float) -> Tables:
        return unknown(len(origins), len(destinations), self.fault)


@lru_cache(maxsize=2)
def opened(opens: Opens) -> Source:
    """Made once in each process: what a plan is sent with is only where to find it."""
    return opens.open()


class Walks:
    """Implements `enforcement.domain.dispatch.Travel`. Make one for each plan: it remembers what it had to
    estimate, `fault` says why. Sent to another process it is as new there.
    """

    def __init__(self, opens: Opens, line: StraightLine | None = None) -> None:
        self.opens, self.line = opens, line or StraightLine()
        self.fault: str | None = None
        self._until: float | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Walks, (self.opens, self.line)

    @property
    def by(self) -> str:
        return self.opens.by

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        """Walking time (n, m); infinite where there is no way."""
        found = self._found(origins, destinations)
        if found.known.all():
            return found.seconds
        return np.where(found.known, found.seconds, self.line.seconds(origins, destinations))

    def metres(self, origins: Floats, destinations: Floats) -> Floats:
        """Walking distance (n, m)."""
        found = self._found(origins, destinations)
        if found.known.all():
            return found.metres
        return np.where(found.known, found.metres, self.line.metres(origins, destinations))

    def estimated(self, origins: Floats, destinations: Floats) -> NDArray[np.bool_]:
        """Which of n walks, each from an origin to its destination, are along a straight line, (n,)."""
        return np.array(
            [not self._found(origins[[i]], destinations[[i]]).known[0, 0] for i in range(len(origins))],
            dtype=bool,
        )

    def _found(self, origins: Floats, destinations: Floats) -> Tables:
        self._until = self._until or monotonic() + WAIT_SECONDS
        found = opened(self.opens).tables(origins, destinations, self._until)
        self.fault = self.fault or found.fault
        return found


def travel_of(setting: TravelSetting) -> Callable[[], Travel]:
    """Makes the walks of each plan."""
    if setting.kind == "graph":
        return partial(Walks, GraphFolder(Path(setting.where)))
    if setting.kind in FORMATS:
        return partial(Walks, ServiceAddress(setting.kind, setting.where))
    return StraightLine


def prepare(travel: Callable[[], Travel]) -> None:
    """Open what the walks need, ahead of the first plan: a big graph takes seconds to read."""
    walks = travel()
    if isinstance(walks, Walks):
        opened(walks.opens)
