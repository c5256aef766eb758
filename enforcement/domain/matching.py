"""Which rows go with which columns of a table: each at most once, as the rows and columns of the pairs."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


def best_matching(worth: Floats) -> tuple[Indices, Indices]:
    """Rows and columns of the pairs with the highest total worth; pairs worth nothing are left out.

    The shorter side has k members, so none on it ever needs more than its best k partners: with fewer than
    k of them taken by others, one is always left. Pruning to those keeps the optimum exact. (The k nearest
    would not: officers who start from one depot all share the same few.) Each row also has a dummy column
    of its own, worth nothing, so that a full matching always exists.
    """
    if worth.shape[0] > worth.shape[1]:
        turned, back = best_matching(worth.T)
        order = np.argsort(back)
        return back[order], turned[order]
    count, width = worth.shape
    row, column = _best_of_each_row(worth)
    if not len(row):  # nothing is worth a walk
        return row, column
    idle = np.arange(count)
    # A weight of zero would mean "no edge" to the solver, so every weight is raised by one.
    weight = np.concatenate([1 + worth[row, column] / worth.max(), np.ones(count)])
    ends = np.concatenate([row, idle]), np.concatenate([column, width + idle])
    graph = csr_array((weight, ends), shape=(count, width + count))
    rows, columns = min_weight_full_bipartite_matching(graph, maximize=True)
    busy = columns < width
    return rows[busy].astype(np.intp), columns[busy].astype(np.intp)


def _best_of_each_row(worth: Floats) -> tuple[Indices, Indices]:
    """For each of k rows its k best columns that are worth anything."""
    count, width = worth.shape
    best = np.argpartition(worth, width - count, axis=1)[:, width - count :]
    rows, columns = np.repeat(np.arange(count), count), best.ravel()
    some = worth[rows, columns] > 0
    return rows[some], columns[some]


def greedy_matching(walk: Floats) -> tuple[Indices, Indices]:
    """Pairs by increasing walk, each row and column once; none of an infinite walk."""
    reach = min(walk.shape)  # an officer loses at most one task to each of the others
    nearest = np.argpartition(walk, reach - 1, axis=1)[:, :reach]
    row, column = np.repeat(np.arange(len(walk)), reach), nearest.ravel()
    distance = walk[row, column]
    order = np.lexsort((column, row, distance))[: np.count_nonzero(np.isfinite(distance))]  # infinite: last
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for officer, task in zip(row[order].tolist(), column[order].tolist(), strict=True):
        if officer not in chosen and task not in taken:
            chosen[officer] = task
            taken.add(task)
    pairs = np.array(sorted(chosen.items()), dtype=np.intp).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
