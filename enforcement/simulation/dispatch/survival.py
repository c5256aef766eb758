"""The chance that a car is still there, from the days that may be learned from; without any, the prior's."""

import numpy as np
from numpy.typing import NDArray

from ...domain.dwell import PRIOR
from .past import Past

FEWEST = 50  # overstays, to be believed rather than the prior

Floats = NDArray[np.float64]


class Survival:
    """The share of past overstays that lasted longer, of those that lasted as long already (empirical)."""

    def __init__(self, past: Past) -> None:
        self._lasted = np.sort([each.left - each.over_since for each in past.overstays])

    def chances(self, over_seconds: NDArray, ahead_seconds: NDArray) -> Floats:
        """The chances, 0 to 1, of cars that have been over for so long to be there in so long."""
        if len(self._lasted) < FEWEST:
            return PRIOR.chances(over_seconds / 60, ahead_seconds / 60)
        still = self._longer_than(over_seconds + ahead_seconds) / np.maximum(
            self._longer_than(over_seconds), 1
        )
        return np.clip(still, 1e-6, 1.0)

    def _longer_than(self, seconds: NDArray) -> NDArray:
        return len(self._lasted) - np.searchsorted(self._lasted, seconds, side="right")
