"""The walks of one plan: by the source that the settings name, in a straight line where that can't tell."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ...config import TravelSetting
from ...domain.dispatch import Travel
from .graph import WalkingGraph
from .graph_files import BadGraph
from .line import Floats, StraightLine
from .tables import Source, Tables

STRAIGHT = "straight line"


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
class Nothing:
    """A source that can't tell anything."""

    fault: str

    def tables(self, origins: Floats, destinations: Floats) -> Tables:
        nowhere = np.full((len(origins), len(destinations)), np.inf)
        return Tables(nowhere, nowhere, np.zeros(nowhere.shape, dtype=bool), self.fault)


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
        found = opened(self.opens).tables(origins, destinations)
        self.fault = self.fault or found.fault
        return found


def travel_of(setting: TravelSetting) -> Callable[[], Travel]:
    """Makes the walks of each plan."""
    if setting.kind == "graph":
        return partial(Walks, GraphFolder(Path(setting.where)))
    return StraightLine


def prepare(travel: Callable[[], Travel]) -> None:
    """Open what the walks need, ahead of the first plan: a big graph takes seconds to read."""
    walks = travel()
    if isinstance(walks, Walks):
        opened(walks.opens)
