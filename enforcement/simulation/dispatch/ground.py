"""Where officers walk, as the rules and the policies ask it: places where bays are, and the walks between them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..points import Point

SPEED = 5 / 3.6  # metres a second

Seconds = NDArray[np.int64]
Passings = tuple[tuple[int, int], ...]
"""(kerb, seconds since setting out at which its end is reached), in the order of the walk."""


class Ground(Protocol):
    """Kerbs, numbered from 0. An officer at a kerb stands at its end; the day begins at kerb 0.

    `seconds[i, j]` is the walk from the end of kerb i to the end of kerb j, above 0 also where they are the same;
    `home[i]` the walk from kerb i to where the day began. `points` stand for the kerbs: no two are the same.
    """

    @property
    def seconds(self) -> Seconds: ...

    @property
    def home(self) -> Seconds: ...

    @property
    def points(self) -> Sequence[Point]: ...

    @property
    def kerb_of(self) -> Mapping[str, int]:
        """By bay."""
        ...

    def __len__(self) -> int: ...

    def passings(self, origin: int, target: int) -> Passings:
        """The kerbs whose ends one reaches on the walk between two kerbs; the last is the target."""
        ...

    def homeward(self, origin: int) -> Passings:
        """The kerbs on the walk to where the day began; `home[origin]` seconds in all."""
        ...
