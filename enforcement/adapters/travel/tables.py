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


def unknown(rows: int, columns: int, fault: str) -> Tables:
    """Nothing can be told, and why."""
    nowhere = np.full((rows, columns), np.inf)
    return Tables(nowhere, nowhere, np.zeros(nowhere.shape, dtype=bool), fault)


class Source(Protocol):
    """A walking graph, or a routing service."""

    def tables(self, origins: Floats, destinations: Floats, until: float) -> Tables:
        """Points are (n, 2) and (m, 2), lon and lat in degrees. Waits for nobody beyond `until` (of `monotonic`).

        `fault` says why it can't tell. Never raises.
        """
