"""What a source of walks answers, and what one is."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .line import Floats


@dataclass(frozen=True, slots=True)
class Tables:
    """Walks from n origins to m destinations, all (n, m).

    `known` is false where the source can't tell; what it knows to have no way is known, and infinite.
    """

    seconds: Floats
    metres: Floats
    known: NDArray[np.bool_]
    fault: str | None = None


class Source(Protocol):
    """A walking graph, or a routing service."""

    def tables(self, origins: Floats, destinations: Floats) -> Tables:
        """Points are (n, 2) and (m, 2), lon and lat in degrees. `fault` says why it can't tell. Never raises."""
