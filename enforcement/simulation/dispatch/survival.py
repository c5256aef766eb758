"""The chance that a car is still there, from the days that may be learned from; without any, the prior's."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ...domain.dwell import PRIOR, SATURDAY, Dwell, Stays, fit
from .ground import Ground
from .past import Past, PastOverstay

Floats = NDArray[np.float64]


class Survival:
    """The product's own model of dwell (`domain.dwell`), with kerbs for streets. `model` is what was fitted."""

    def __init__(self, past: Past, streets: Ground) -> None:
        self._streets = streets
        self.model = self._fitted(past.overstays) if past.overstays else PRIOR

    def chances(self, over: NDArray, ahead: NDArray, pace: Floats | float = 1.0) -> Floats:
        """The chances, 0 to 1, of cars that have been over for so many seconds to be there in so many."""
        return self.model.chances(over / 60, ahead / 60, pace)

    def pace(self, day: date, bay: str, over_since: int) -> float:
        """How many times faster than usual this car leaves."""
        return self.model.pace(self._traits(day, bay, over_since))

    def _fitted(self, overstays: tuple[PastOverstay, ...]) -> Dwell:
        traits = [self._traits(each.day, each.bay, each.over_since) for each in overstays]
        return fit(
            Stays(
                minutes=np.array([(each.left - each.over_since) / 60 for each in overstays]),
                left=np.array([each.seen_to_leave for each in overstays]),
                traits={kind: np.array([each[kind] for each in traits]) for kind in traits[0]},
            )
        )

    def _traits(self, day: date, bay: str, over_since: int) -> dict[str, str]:
        return {
            "hour": f"{over_since // 3600:02}",
            "weekday": "weekend" if day.isoweekday() >= SATURDAY else "weekday",
            "street": str(self._streets.kerb_of.get(bay)),
            "bay": bay,
        }
