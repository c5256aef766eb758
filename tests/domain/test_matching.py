"""Rows and columns paired off."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linear_sum_assignment

from enforcement.domain.matching import Floats, best_matching, greedy_matching

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8)
WORTHS = arrays(
    float, SHAPES, elements=st.sampled_from([0.0, 0.0, 1.0, 2.5, 40.0]) | st.floats(0, 100, width=16)
)
METRES = arrays(float, SHAPES, elements=st.integers(0, 9_999), unique=True)
WALKS = METRES.map(lambda metres: np.where(metres < 5_000, metres, np.inf))  # no way to some


@given(WORTHS)
def test_no_other_pairs_are_worth_more_together(worth: Floats):
    rows, columns = best_matching(worth)
    best = worth[linear_sum_assignment(worth, maximize=True)].sum()
    assert worth[rows, columns].sum() == pytest.approx(best)


@given(WORTHS)
def test_nothing_is_paired_twice_or_for_nothing(worth: Floats):
    rows, columns = best_matching(worth)
    assert len(set(rows)) == len(set(columns)) == len(rows)
    assert (worth[rows, columns] > 0).all()


@given(WALKS)
def test_each_takes_the_shortest_walk_that_is_left(walk: Floats):
    left, expected = walk.copy(), []
    while np.isfinite(left).any():
        row, column = (int(i) for i in np.unravel_index(left.argmin(), left.shape))
        expected.append((row, column))
        left[row, :] = left[:, column] = np.inf
    rows, columns = greedy_matching(walk)
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == sorted(expected)
