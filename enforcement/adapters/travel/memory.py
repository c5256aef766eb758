"""What a routing service said of walks, for they come up again every few seconds."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .line import Floats

MOST_ROWS = 1024
MOST_COLUMNS = 4096
Key = tuple[float, float]


class Memory:
    """Seconds and metres by origin and destination; NaN where nobody asked yet. At most 33 MB.

    Origins that were not wanted for longest are forgotten; when there are too many destinations, all is.
    """

    def __init__(self) -> None:
        self._columns: dict[Key, int] = {}
        self._rows: OrderedDict[Key, NDArray[np.float32]] = OrderedDict()

    def recall(self, origins: Sequence[Key], destinations: Sequence[Key]) -> tuple[Floats, Floats]:
        """Seconds and metres, (n, m)."""
        told = np.full((2, len(origins), len(destinations)), np.nan)
        places = np.array([self._columns.get(each, -1) for each in destinations], dtype=int)
        there = np.flatnonzero(places >= 0)
        for i, origin in enumerate(origins):
            if origin in self._rows:
                self._rows.move_to_end(origin)
                told[:, i, there] = self._rows[origin][:, places[there]]
        return told[0], told[1]

    def keep(self, origins: Sequence[Key], destinations: Sequence[Key], told: tuple[Floats, Floats]) -> None:
        if len(self._columns.keys() | set(destinations)) > MOST_COLUMNS:
            self._columns.clear()
            self._rows.clear()
        places = [self._columns.setdefault(each, len(self._columns)) for each in destinations]
        for i, origin in enumerate(origins):
            if origin not in self._rows:
                self._rows[origin] = np.full((2, MOST_COLUMNS), np.nan, dtype=np.float32)
            self._rows[origin][:, places] = np.stack([told[0][i], told[1][i]])
            self._rows.move_to_end(origin)
        while len(self._rows) > MOST_ROWS:
            self._rows.popitem(last=False)
