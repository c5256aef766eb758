"""The course of a street where no file says it: as far as its bays tell."""

from math import cos, radians

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString

from .fences import degree_metres

SHORTEST_M = 10.0


def through(places: NDArray[np.float64]) -> LineString | None:
    """The straight line along bays at these places (rows of lon, lat; degrees), from the first to the last.

    It runs between bays on both kerbs, and cuts off bends: a guess for want of a file. None where the bays are
    too few or too close to tell which way their street runs.
    """
    middle = places.mean(axis=0)
    scale = np.array(degree_metres(cos(radians(middle[1]))))
    plane = (places - middle) * scale
    along = np.linalg.svd(plane, full_matrices=False)[2][0] if len(places) > 1 else np.zeros(2)
    reach = plane @ along
    if reach.max() - reach.min() < SHORTEST_M:
        return None
    return LineString(middle + np.outer((reach.min(), reach.max()), along) / scale)
