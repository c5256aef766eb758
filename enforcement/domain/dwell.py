"""How long will it stay? A prior for overstaying cars, until a fitted model exists.

The length of an overstay is taken as lognormal with a mean of 77 and a median of 33 minutes: the
shape of City of Melbourne parking events of November 2016 (open data, CC BY 4.0). So the longer a car
has been over its time, the likelier it is to stay on.
"""

from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc

MEAN_MINUTES = 77.0
MEDIAN_MINUTES = 33.0

_MU = log(MEDIAN_MINUTES)
_SIGMA = sqrt(2 * log(MEAN_MINUTES / MEDIAN_MINUTES))
_FARTHEST = 1e6  # minutes, two years: the curve still has a value there to divide by
_AT_ONCE = 1e-9  # minutes: no overstay is shorter, and it has a logarithm

Floats = NDArray[np.float64]


def chances_still_there(minutes_over: Floats, minutes_ahead: Floats) -> Floats:
    """The chances, 0 to 1, that cars `minutes_over` their time are still there in `minutes_ahead`.

    Negative `minutes_over` means not yet over: such a car counts as staying until it is.
    """
    over = np.clip(minutes_over, 0.0, _FARTHEST)
    later = np.clip(np.asarray(minutes_over) + np.maximum(minutes_ahead, 0.0), over, _FARTHEST)
    chances: Floats = _outlasts(later) / _outlasts(over)
    return chances


def chance_still_there(minutes_over: float, minutes_ahead: float) -> float:
    """`chances_still_there` for one car."""
    return float(chances_still_there(np.float64(minutes_over), np.float64(minutes_ahead)))  # type: ignore[arg-type]


def _outlasts(minutes: Floats) -> Floats:
    """The share of overstays longer than this."""
    share: Floats = erfc((np.log(np.maximum(minutes, _AT_ONCE)) - _MU) / (_SIGMA * sqrt(2))) / 2
    return share
