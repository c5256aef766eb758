"""The course of a street, guessed from its bays."""

import numpy as np

from enforcement.domain.fences import metres
from enforcement.domain.streets import through

LON, LAT = -0.1276, 51.5072
EAST, NORTH = 1 / 69_300, 1 / 111_250  # degrees in a metre, there


def bays(*places: tuple[float, float]) -> np.ndarray:
    """Rows of lon, lat from metres east and north."""
    return np.array([(LON + east * EAST, LAT + north * NORTH) for east, north in places])


def test_a_guessed_street_runs_between_its_kerbs_from_the_first_bay_to_the_last():
    both_kerbs = bays(*[(along, side) for along in range(0, 101, 10) for side in (-4, 4)])
    (west, south), (east, north) = sorted(through(both_kerbs).coords)
    assert abs(metres(lon1=west, lat1=south, lon2=east, lat2=north) - 100) < 1
    assert abs((south - LAT) / NORTH) < 0.5
    assert abs((north - LAT) / NORTH) < 0.5


def test_it_runs_as_its_bays_do_whatever_the_direction():
    line = through(bays((0, 0), (30, 30), (60, 60)))
    (x1, y1), (x2, y2) = line.coords
    assert abs((y2 - y1) / NORTH / ((x2 - x1) / EAST) - 1) < 0.01


def test_too_few_bays_or_bays_too_close_tell_no_street():
    assert through(bays((0, 0))) is None
    assert through(bays((0, 0), (5, 0))) is None
    assert through(bays((0, 0), (0, 0))) is None
